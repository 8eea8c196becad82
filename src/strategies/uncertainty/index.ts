/** Measures of one prediction's uncertainty. */
import { z } from 'zod';
import { leastConfidence, margin, ratio } from '../measures.ts';
import type { Measure } from '../strategy.ts';
import { defineMeasure, type MeasureEntry, type StrategyDetails } from '../strategyEntry.ts';
import { checkClass, classEntropy, classProbability } from './classMeasures.ts';
import { entropyScores } from './entropyScores.ts';

const classOptions = {
  class: z.union([z.int().min(0), z.string()]).describe('Which class: its name, or its number from 0.'),
  order: z.enum(['high', 'low']).default('high').describe('high: the largest first; low: the smallest.'),
};

/** Explicit: a measure's name is its key. */
export const uncertaintyMeasures: Readonly<Record<string, MeasureEntry>> = {
  'least-confidence': ofPrediction('max 1 − p₁ (Lewis & Gale 1994)', leastConfidence, {
    ...{ source: 'Lewis & Gale 1994', formula: 'max 1 − p₁', cost: 'O(NC)' },
  }),
  margin: ofPrediction('min p₁ − p₂ (Scheffer, Decomain & Wrobel 2001)', margin, {
    ...{ source: 'Scheffer, Decomain & Wrobel 2001', formula: 'min p₁ − p₂', cost: 'O(NC)' },
  }),
  ratio: ofPrediction('max p₂ / p₁: the margin on a logarithmic scale', ratio, {
    ...{ source: 'Settles 2009, section 3.1', formula: 'max p₂ / p₁', cost: 'O(NC)' },
  }),
  entropy: defineMeasure({
    version: 1,
    description: 'max −Σ p log p (Shannon; Settles & Craven 2008)',
    details: { source: 'Shannon 1948; Settles & Craven 2008', formula: 'max −Σ p log p', cost: 'O(NC)' },
    needs: ['predictions'],
    create: () => async (context) => entropyScores(await context.predictions(), context.compute),
  }),
  'class-entropy': defineMeasure({
    version: 1,
    description: 'max entropy of one class against all others',
    details: { source: 'Shannon 1948', formula: 'max (or min) −p log p − (1 − p) log(1 − p)', cost: 'O(NC)' },
    needs: ['predictions'],
    options: classOptions,
    checkOptions: checkClass,
    create: classEntropy,
  }),
  'class-probability': defineMeasure({
    version: 1,
    description: 'max probability of one class: its likeliest members, hard negatives among them',
    details: {
      source: 'Lewis & Gale 1994 (relevance sampling)',
      formula: 'max (or min) p of the class',
      cost: 'O(NC)',
    },
    needs: ['predictions'],
    options: classOptions,
    checkOptions: checkClass,
    create: classProbability,
  }),
};

function ofPrediction(description: string, measure: Measure, details: StrategyDetails): MeasureEntry {
  return defineMeasure({
    version: 1,
    description,
    details,
    needs: ['predictions'],
    create: () => async (context) => measure(await context.predictions()),
  });
}

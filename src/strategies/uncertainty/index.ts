/** Measures of one prediction's uncertainty. */
import { entropy, leastConfidence, margin, ratio } from '../measures.ts';
import type { Measure } from '../strategy.ts';
import { defineMeasure, type MeasureEntry, type StrategyDetails } from '../strategyEntry.ts';

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
  entropy: ofPrediction('max −Σ p log p (Shannon; Settles & Craven 2008)', entropy, {
    ...{ source: 'Shannon 1948; Settles & Craven 2008', formula: 'max −Σ p log p', cost: 'O(NC)' },
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

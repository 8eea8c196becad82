/**
 * An annotator whose answers cost differently, so that a budget is one of cost: a price per label, per class, or per
 * sample. Times to annotate a sample vary about log-normally (Settles, Craven & Friedland 2008 measured them), so a
 * sample's price is the others' times exp(spread · z − spread² / 2): its mean is that of the others.
 */
import { z } from 'zod';
import { answerEach, drawWithErrors } from './answers.ts';
import { badOracle } from './badOracle.ts';
import { defineOracle } from './oracleEntry.ts';

const price = z.number().positive();

/** Draws beyond this many deviations are taken for it, so that no price is all but 0. */
const MAXIMUM_DEVIATION = 4;

export const costly = defineOracle({
  version: 1,
  description: 'answers at a price per label, per class or per sample; for a budget in cost',
  options: {
    cost: price.default(1).describe('Of a label. Default: 1.'),
    classCosts: z
      .array(price)
      .min(2)
      .optional()
      .describe('In place of cost, one per class: what a sample of that (true) class costs.'),
    spread: z
      .number()
      .min(0)
      .max(2)
      .default(0)
      .describe('Standard deviation of the logarithm of a sample’s price. Default: 0, all alike.'),
    errorRate: z.number().min(0).max(1).default(0).describe('Share of wrong answers.'),
  },
  checkOptions({ classCosts }, { numClasses }) {
    if (classCosts === undefined || classCosts.length === numClasses) return;
    badOracle(
      `"classCosts" must have one cost per class, ${numClasses} of them, and has ${classCosts.length}. Correct the list.`,
    );
  },
  minimumCost: ({ cost, classCosts, spread }) =>
    Math.min(...(classCosts ?? [cost])) * factor(-MAXIMUM_DEVIATION, spread),
  create({ cost, classCosts, spread, errorRate }, context) {
    const errors = { rate: errorRate, numClasses: context.numClasses };
    return answerEach(
      context,
      ({ trueLabel, stream }) => drawWithErrors(trueLabel, errors, stream),
      ({ trueLabel, stream }) => (classCosts?.[trueLabel] ?? cost) * factor(stream.normal(), spread),
    );
  },
});

/** What a deviation of `z` makes of a price. */
function factor(z: number, spread: number): number {
  const bounded = Math.min(MAXIMUM_DEVIATION, Math.max(-MAXIMUM_DEVIATION, z));
  return Math.exp(spread * bounded - spread ** 2 / 2);
}

/**
 * What a strategy could reach that knew the answers: some rows of the pool are tried, each by training anew with its true
 * label added, and those that help most on held-out rows are asked for. A bound by one step's look ahead, not the best
 * that could be done: the rows of a query batch are chosen each for itself, and only among the candidates.
 */
import { z } from 'zod';
import type { Foresight, Outcome } from '../strategy.ts';
import { defineStrategy } from '../strategyEntry.ts';
import { topK } from '../topK.ts';

/** Higher is better. */
const gains = {
  nll: ({ nll }: Outcome) => -nll,
  accuracy: ({ accuracy }: Outcome) => accuracy,
} as const;

export const oracleGreedy = defineStrategy({
  version: 1,
  description:
    'bound: trains anew with each candidate’s true label, and asks for those that help held-out rows most',
  details: {
    source: 'greedy oracle, as in CDALBench (arXiv 2408.00426)',
    formula: 'arg min over candidates x of the held-out loss after training on L ∪ {(x, true label)}',
    cost: 'candidates × a round’s training; O(N) besides',
  },
  isBound: true,
  trainingsPerRound: ({ candidates }) => 1 + Number(candidates),
  options: {
    candidates: z
      .int()
      .min(1)
      .default(20)
      .describe('Rows of the pool that are tried each round, drawn at random; at least a query batch.'),
    by: z
      .enum(['nll', 'accuracy'])
      .default('nll')
      .describe(
        'What should improve, on the validation rows if there are any, else on the test rows. Default: nll.',
      ),
  },
  create: ({ candidates, by }) => ({
    async select({ poolRows, stream, foresight }, batchSize) {
      const count = Math.min(poolRows.length, Math.max(candidates, batchSize));
      const tried = topK(new Float64Array(poolRows.length), poolRows, count, stream);
      const outcomes = await requireForesight(foresight).tryLabelling(tried);
      return topK(Float64Array.from(outcomes, gains[by]), tried, batchSize, stream);
    },
  }),
});

function requireForesight(foresight: Foresight | undefined): Foresight {
  if (foresight === undefined) throw new Error('A bound needs a context that shows what rows would do.');
  return foresight;
}

/** Is a strategy worse than the baseline, as good for all practical purposes, or better? Posterior probabilities over blocks. */
import { deriveStream } from '../foundation/randomStream.ts';
import { orientation, type ScoreBlocks } from './scoreBlocks.ts';
import { bayesianSignedRank, type PracticalComparison } from './statistics/bayesianSignedRank.ts';

export interface StrategyPracticalComparison extends PracticalComparison {
  readonly strategy: string;
}

export interface PracticalOptions {
  readonly baseline: string;
  /** Half-width of the region of practical equivalence, in the score's unit. */
  readonly rope: number;
  /** Default: 20,000; the probabilities' standard error is then at most 0.0036. */
  readonly numDraws?: number;
}

/** In the table's order, without the baseline; none where the table lacks it. */
export function practicalEquivalence(
  { strategies, blocks, metric }: ScoreBlocks,
  { baseline, rope, numDraws }: PracticalOptions,
): StrategyPracticalComparison[] {
  const column = strategies.indexOf(baseline);
  if (column < 0 || blocks.length === 0) return [];
  const sign = orientation(metric);
  return strategies.flatMap((strategy, i) => {
    if (i === column) return [];
    const differences = blocks.map(
      ({ scores }) => sign * ((scores[i] as number) - (scores[column] as number)),
    );
    const stream = deriveStream('bootstrap', { statistic: 'signed rank', differences, rope });
    return [
      { strategy, ...bayesianSignedRank(differences, { rope, stream, ...(numDraws && { numDraws }) }) },
    ];
  });
}

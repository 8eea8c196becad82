/**
 * Strategies ranked over blocks, and which of them a test tells apart: all that a critical-difference diagram shows (Demšar
 * 2006). Blocks are seeds of the same few data sets, so p-values speak of those data sets and not of others.
 */
import { orientation, type ScoreBlocks } from './scoreBlocks.ts';
import { criticalGroups } from './statistics/criticalGroups.ts';
import { criticalDifference, friedmanTest, nemenyiTest } from './statistics/friedman.ts';
import { holm } from './statistics/holm.ts';
import { smallestWilcoxonPValue, wilcoxonSignedRank } from './statistics/wilcoxon.ts';

/** How pairs are compared once Friedman's test has found a difference. */
export type PairTest = 'nemenyi' | 'wilcoxon-holm';

export interface RankedStrategy {
  readonly strategy: string;
  /** Mean over blocks, 1 for the best; ties share theirs. */
  readonly meanRank: number;
}

export interface Ranking {
  /** The best first; of equal ranks, in the order of the table. */
  readonly ranked: readonly RankedStrategy[];
  readonly numBlocks: number;
  readonly statistic: number;
  /** Friedman's: could strategies that do not differ have such ranks? */
  readonly pValue: number;
  readonly isSignificant: boolean;
  readonly alpha: number;
  readonly pairTest: PairTest;
  /** How far apart mean ranks must be for Nemenyi's test. */
  readonly criticalDifference: number;
  /** [k][k], corrected for the number of pairs, in the order of `ranked`. */
  readonly pairPValues: readonly (readonly number[])[];
  /** Whether Wilcoxon's test could tell any pair apart with so few blocks; always true of Nemenyi's. */
  readonly canDecide: boolean;
  /**
   * Runs of neighbours in `ranked`, as [first, last], of which no pair is told apart. All are one run where Friedman's test
   * finds no difference.
   */
  readonly ties: readonly (readonly [number, number])[];
}

export interface RankingOptions {
  /** Default: 0.05. */
  readonly alpha?: number;
  /** Default: `nemenyi`. */
  readonly pairTest?: PairTest;
}

/** Undefined for fewer than two strategies, or no block. */
export function ranking(
  table: ScoreBlocks,
  { alpha = 0.05, pairTest = 'nemenyi' }: RankingOptions = {},
): Ranking | undefined {
  const { strategies, blocks, metric } = table;
  const k = strategies.length;
  if (k < 2 || blocks.length === 0) return undefined;
  const sign = orientation(metric);
  const oriented = blocks.map(({ scores }) => scores.map((score) => sign * score));
  const friedman = friedmanTest(oriented);
  const rankOf = (column: number): number => friedman.meanRanks[column] as number;
  const order = strategies.map((_, i) => i).sort((a, b) => rankOf(a) - rankOf(b));
  const raw = pairTest === 'nemenyi' ? nemenyiTest(friedman) : wilcoxonHolm(oriented, k);
  const pairPValues = order.map((a) => order.map((b) => raw[a]?.[b] as number));
  const isSignificant = friedman.pValue <= alpha;
  const ties = isSignificant
    ? criticalGroups(order.map(rankOf), pairPValues, alpha).map(endsOf)
    : [[0, k - 1] as const];
  const numPairs = (k * (k - 1)) / 2;
  return {
    ranked: order.map((column) => ({ strategy: strategies[column] as string, meanRank: rankOf(column) })),
    ...{ numBlocks: blocks.length, statistic: friedman.statistic, pValue: friedman.pValue, isSignificant },
    ...{ alpha, pairTest, pairPValues, criticalDifference: criticalDifference(k, blocks.length, alpha) },
    canDecide: pairTest === 'nemenyi' || smallestWilcoxonPValue(blocks.length) * numPairs <= alpha,
    ties,
  };
}

const endsOf = (run: readonly number[]): readonly [number, number] => [
  run[0] as number,
  run.at(-1) as number,
];

/** p-values of Wilcoxon's test of every pair over blocks, corrected by Holm's rule. [k][k], 1 on the diagonal. */
function wilcoxonHolm(blocks: readonly (readonly number[])[], k: number): number[][] {
  const pairs = Array.from({ length: k }, (_, a) =>
    Array.from({ length: k - 1 - a }, (_, i): [number, number] => [a, a + 1 + i]),
  ).flat();
  const pValues = pairs.map(([a, b]) => {
    const differences = blocks.map((scores) => (scores[a] as number) - (scores[b] as number));
    return wilcoxonSignedRank(differences).pValue;
  });
  const matrix = Array.from({ length: k }, () => new Array<number>(k).fill(1));
  holm(pValues).forEach((pValue, i) => {
    const [a, b] = pairs[i] as [number, number];
    (matrix[a] as number[])[b] = pValue;
    (matrix[b] as number[])[a] = pValue;
  });
  return matrix;
}

/** How many seeds would probably decide a cell that is not decided. */
import type { Estimate } from '../analysis/index.ts';
import { fewestPairs, pairedTPower } from '../analysis/statistics/power.ts';

/** Chance of a decision that is called "probably". */
const power = 0.8;

/** Beyond this nobody is told how many. */
const mostSeeds = 2000;

/**
 * How many pairs Wilcoxon's test takes for each of the t-test's on normal differences, in the limit (Hodges and
 * Lehmann 1956).
 */
const wilcoxonPairsPerTPair = Math.PI / 3;

export interface Decision {
  readonly margin: number;
  readonly alpha: number;
  /** Over which Holm's correction goes. */
  readonly numCells: number;
}

interface Search {
  readonly fewest: number;
  readonly most: number;
}

/**
 * Taking the observed mean and standard deviation of gains at their word, the fewest seeds in all with which the cell
 * is decided with a chance of 80 %. Beyond the margin: enough for Student's interval to lie beyond it, which is a
 * paired t-test of |mean| - margin; for the rank test at alpha / numCells; and `fewestForRankTest`. Within: enough
 * for both ends to lie within, each a t-test of its own distance to the margin (their chances of failure are added,
 * which errs towards more seeds). Undefined where the spread is unknown, the mean lies on the margin, or 2,000 seeds
 * would not do.
 */
export function seedsNeeded(gain: Estimate, { margin, alpha, numCells }: Decision): number | undefined {
  const { mean, standardDeviation, numValues } = gain;
  if (standardDeviation === undefined || !Number.isFinite(standardDeviation)) return undefined;
  const distance = Math.abs(mean);
  if (distance === margin) return undefined;
  const search = { fewest: numValues + 1, most: mostSeeds };
  return distance > margin
    ? seedsToLeave(distance, margin, standardDeviation, { alpha, numCells, ...search })
    : seedsToStay(distance, margin, standardDeviation, { alpha, ...search });
}

/**
 * The fewest seeds with which Wilcoxon's smallest p-value, 2 · 2⁻ⁿ, is at most alpha after Holm's correction over
 * `numCells`: 1 + log₂(numCells / alpha), rounded up. With fewer, nothing can be called regressed or improved.
 */
export function fewestForRankTest(alpha: number, numCells: number): number {
  return 1 + Math.ceil(Math.log2(numCells / alpha) - 1e-9);
}

function seedsToLeave(
  distance: number,
  margin: number,
  standardDeviation: number,
  { alpha, numCells, fewest, most }: Omit<Decision, 'margin'> & Search,
): number | undefined {
  const floor = Math.max(fewest, fewestForRankTest(alpha, numCells));
  if (standardDeviation === 0) return floor;
  const leaves = (numSeeds: number): boolean =>
    pairedTPower((distance - margin) / standardDeviation, numSeeds, alpha) >= power;
  const isRanked = (numSeeds: number): boolean => {
    const numTPairs = Math.max(2, Math.floor(numSeeds / wilcoxonPairsPerTPair));
    return pairedTPower(distance / standardDeviation, numTPairs, alpha / numCells) >= power;
  };
  return fewestPairs((numSeeds) => leaves(numSeeds) && isRanked(numSeeds), { fewest: floor, most });
}

function seedsToStay(
  distance: number,
  margin: number,
  standardDeviation: number,
  { alpha, ...search }: Pick<Decision, 'alpha'> & Search,
): number | undefined {
  const failure = (room: number, numSeeds: number): number =>
    1 - pairedTPower(room / standardDeviation, numSeeds, alpha);
  return fewestPairs(
    (numSeeds) => failure(margin - distance, numSeeds) + failure(margin + distance, numSeeds) <= 1 - power,
    search,
  );
}

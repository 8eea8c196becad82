/** Every strategy of a group held against its baseline, paired by seed: how much better, and how certain. */
import { deriveStream } from '../foundation/randomStream.ts';
import { remembered } from '../foundation/remembered.ts';
import { aubc } from './aubc.ts';
import type { Cell, Group } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { type Estimate, estimate, type Interval } from './estimate.ts';
import { type MetricName, metricTitles } from './metricTitles.ts';
import { pairCurves } from './pairedCurves.ts';
import type { Over } from './spending.ts';
import { bcaInterval } from './statistics/bootstrap.ts';
import { holm } from './statistics/holm.ts';
import { type PairedTResult, pairedTTest } from './statistics/pairedT.ts';
import { detectableDifference } from './statistics/power.ts';
import { smallestWilcoxonPValue, type WilcoxonResult, wilcoxonSignedRank } from './statistics/wilcoxon.ts';

/**
 * `better`, `worse` (for the metric: a lower loss is better): the paired interval lies on one side of 0 and the paired t-test says so at α, corrected for all strategies
 * of the group. `undecided`: anything else. It does not mean "equal".
 */
export type ComparisonVerdict = 'better' | 'worse' | 'undecided';

export interface Comparison {
  readonly strategy: string;
  /** The strategy looks at labels that nobody paid for. */
  readonly isBound: boolean;
  readonly baseline: string;
  /** Seeds that both have finished: what all that follows rests on. */
  readonly numSeeds: number;
  readonly droppedSeeds: readonly number[];
  readonly droppedPlaces: readonly number[];
  /** AUBC of the strategy less that of the baseline, one per seed in the order of seeds. */
  readonly differences: readonly number[];
  /** Mean of `differences`, with Student's interval. */
  readonly difference: Estimate;
  /** Paired bootstrap over seeds; left out below two seeds. */
  readonly bootstrapInterval?: Interval;
  readonly tTest?: PairedTResult;
  readonly wilcoxon: WilcoxonResult;
  /** Holm's, over the strategies of the group, or over its bounds if it is one; 1 where there is no test. */
  readonly adjustedTPValue: number;
  readonly adjustedWilcoxonPValue: number;
  /** Whether Wilcoxon's test could reach α at all with so few seeds and so many strategies. */
  readonly wilcoxonCanDecide: boolean;
  /** Seeds with a larger, an equal and a smaller AUBC than the baseline's. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** The smallest mean difference that so many seeds would find significant (uncorrected) four times in five. */
  readonly detectable?: number;
  readonly verdict: ComparisonVerdict;
}

/** How every group of a sweep is held against its baseline. */
export interface BaselineOptions {
  /** `random` if left out. */
  readonly baseline?: string;
  /** `accuracy` if left out. */
  readonly metric?: MetricName;
  /** What curves are over; `labels` if left out. */
  readonly over?: Over;
}

export interface ComparisonOptions {
  /** Default: `random` where the group has it, else none and no comparison. */
  readonly baseline?: string;
  /** Default: `accuracy`. */
  readonly metric?: MetricName;
  readonly axis?: CurveAxis;
  /** Default: 0.05. */
  readonly alpha?: number;
  readonly numResamples?: number;
}

/**
 * One comparison per other strategy that shares a finished seed with the baseline, in the group's order, bounds last. Those
 * are a family of their own: what is tried beside them must not pay for them in Holm's correction.
 */
export function compareWithBaseline(group: Group, options: ComparisonOptions = {}): Comparison[] {
  const { baseline = BASELINE_STRATEGY, alpha = 0.05, axis = curveAxis(group.cells), metric } = options;
  const reference = group.cells.find(({ strategy }) => strategy === baseline);
  if (reference === undefined) return [];
  const { numResamples } = options;
  const key = [metric, axis.over, axis.grid, alpha, numResamples].join();
  const known = comparisonsWith(reference, '', () => remembered<Cell, RawComparison | undefined>());
  return [false, true].flatMap((isBound) => {
    const family = group.cells.filter((cell) => cell !== reference && cell.isBound === isBound);
    const raw = family.flatMap(
      (cell) => known(cell, key, () => compareCells(cell, reference, { ...options, axis })) ?? [],
    );
    return corrected(raw, alpha, metric);
  });
}

/** With Holm's correction for all of `family`, and what follows from it. */
function corrected(
  family: readonly RawComparison[],
  alpha: number,
  metric: MetricName | undefined,
): Comparison[] {
  const adjustedT = holm(family.map(({ tTest }) => tTest?.pValue ?? 1));
  const adjustedWilcoxon = holm(family.map(({ wilcoxon }) => wilcoxon.pValue));
  return family.map((comparison, i): Comparison => {
    const adjustedTPValue = adjustedT[i] as number;
    return {
      ...comparison,
      adjustedTPValue,
      adjustedWilcoxonPValue: adjustedWilcoxon[i] as number,
      wilcoxonCanDecide: smallestWilcoxonPValue(comparison.numSeeds) * family.length <= alpha,
      verdict: verdictOf(comparison, adjustedTPValue <= alpha, metric),
    };
  });
}

/** By the baseline's cell. */
const comparisonsWith = remembered<Cell, ReturnType<typeof remembered<Cell, RawComparison | undefined>>>();

type RawComparison = Omit<
  Comparison,
  'adjustedTPValue' | 'adjustedWilcoxonPValue' | 'wilcoxonCanDecide' | 'verdict'
>;

function compareCells(
  cell: Cell,
  reference: Cell,
  { metric, axis, alpha, numResamples }: ComparisonOptions,
): RawComparison | undefined {
  const { pairs, droppedSeeds, droppedPlaces } = pairCurves(cell, reference, {
    ...(metric && { metric }),
    ...(axis && { axis }),
  });
  if (pairs.length === 0) return undefined;
  const differences = pairs.map(({ first, second }) => aubc(first) - aubc(second));
  const difference = estimate(differences);
  // Keyed by what is compared: the same data have the same interval, whatever else is in the report.
  const stream = deriveStream('bootstrap', {
    strategy: cell.strategy,
    baseline: reference.strategy,
    differences,
  });
  const bootstrapInterval = bcaInterval(differences, { stream, ...(numResamples && { numResamples }) });
  const tTest = pairedTTest(differences);
  const { standardDeviation } = difference;
  const detectable =
    standardDeviation === undefined
      ? undefined
      : detectableDifference(standardDeviation, differences.length, alpha === undefined ? {} : { alpha });
  const count = (sign: number): number => differences.filter((value) => Math.sign(value) === sign).length;
  return {
    ...{ strategy: cell.strategy, isBound: cell.isBound, baseline: reference.strategy },
    numSeeds: pairs.length,
    ...{ droppedSeeds, droppedPlaces, differences, difference },
    ...(bootstrapInterval && { bootstrapInterval }),
    ...(tTest && { tTest }),
    wilcoxon: wilcoxonSignedRank(differences),
    ...{ wins: count(1), ties: count(0), losses: count(-1) },
    ...(detectable !== undefined && { detectable }),
  };
}

function verdictOf(
  { bootstrapInterval }: RawComparison,
  isSignificant: boolean,
  metric: MetricName = 'accuracy',
): ComparisonVerdict {
  if (bootstrapInterval === undefined || !isSignificant) return 'undecided';
  const [above, below]: ComparisonVerdict[] =
    metricTitles[metric].better === 'higher' ? ['better', 'worse'] : ['worse', 'better'];
  if (bootstrapInterval.lower > 0) return above ?? 'undecided';
  return bootstrapInterval.upper < 0 ? (below ?? 'undecided') : 'undecided';
}

/**
 * The two keys by which a cell is called changed. An interval alone calls noise a change in one cell of twenty, and
 * trusts gains to be normal; a rank test alone calls a change however small it is. A cell is `regressed` only where
 * both agree: the paired interval of the mean gain says that it is worse by more than the margin, and the signed
 * ranks, corrected for all the cells looked at, that it is worse at all. See CONTRIBUTING.md, "The verdict".
 */
import { aubc, estimate, type MetricName, meanOf, naturalOrder, orientation } from '../analysis/index.ts';
import { holm } from '../analysis/statistics/holm.ts';
import { wilcoxonSignedRank } from '../analysis/statistics/wilcoxon.ts';
import type { CheckRules } from '../experiment/checkRules.ts';
import { UserError } from '../foundation/userError.ts';
import { cellId, cellText } from './cellText.ts';
import type { CellVerdict } from './checkReport.ts';
import type { CellPair } from './matchCells.ts';
import { outcomeOf, worseOutcome } from './outcomeOf.ts';
import { seedsNeeded } from './seedsNeeded.ts';
import { meanCurve, pairSeeds, sharedCurves } from './sharedCurves.ts';

/**
 * Each pair that shares a seed, worst first. Holm's correction is over all cells but the ignored ones; an ignored
 * cell has the p-value that it would have as one of them all. Throws `UserError("no-shared-places")` where curves
 * have no stretch of labels in common.
 */
export function judgeCells(pairs: readonly CellPair[], rules: CheckRules): CellVerdict[] {
  const measured = pairs.flatMap((pair) => measure(pair, rules));
  const counted = measured.filter(({ isIgnored }) => !isIgnored);
  const ofCounted = holm(counted.map(({ pValue }) => pValue));
  const ofAll = holm(measured.map(({ pValue }) => pValue));
  return measured
    .map((measuredCell, i): CellVerdict => {
      const { rankSign, ...cell } = measuredCell;
      const place = counted.indexOf(measuredCell);
      const adjustedPValue = (place < 0 ? ofAll[i] : ofCounted[place]) ?? 1;
      const shift = adjustedPValue <= rules.alpha ? rankSign : 0;
      const outcome = outcomeOf(cell.gain.interval, shift, cell.margin);
      const numCells = cell.isIgnored ? measured.length : counted.length;
      const needed =
        outcome === 'inconclusive'
          ? seedsNeeded(cell.gain, { margin: cell.margin, alpha: rules.alpha, numCells })
          : undefined;
      return { ...cell, adjustedPValue, outcome, ...(needed !== undefined && { seedsNeeded: needed }) };
    })
    .sort(worstFirst);
}

/** For `Array.sort`: ignored cells after all others, then by outcome, then by mean gain, then by name. */
export function worstFirst(a: CellVerdict, b: CellVerdict): number {
  return (
    Number(a.isIgnored) - Number(b.isIgnored) ||
    worseOutcome(a.outcome, b.outcome) ||
    a.gain.mean - b.gain.mean ||
    naturalOrder(cellId(a), cellId(b))
  );
}

interface MeasuredCell extends Omit<CellVerdict, 'outcome' | 'adjustedPValue' | 'seedsNeeded'> {
  /** -1, 0, 1: whether the larger sum of ranks is that of losses or of gains. */
  readonly rankSign: number;
}

/** None where no seed is shared. */
function measure({ baseline, current }: CellPair, rules: CheckRules): MeasuredCell[] {
  const pairs = pairSeeds(baseline.seeds, current.seeds);
  if (pairs.length === 0) return [];
  const sides = [pairs.map(([before]) => before), pairs.map(([, now]) => now)];
  const [before = [], now = []] = sharedCurves(sides, rules.metric);
  if (before[0]?.length === 0) {
    throw new UserError(
      'no-shared-places',
      `Curves are compared where all were measured, and those of ${cellText(current)} have no stretch of labels in common. ` +
        'Make the baseline again with --update.',
    );
  }
  const [beforeAreas, nowAreas] = [before.map(aubc), now.map(aubc)];
  const gains = gainsOf(nowAreas, beforeAreas, rules.metric);
  const isNumber = gains.every(Number.isFinite);
  const ranks = wilcoxonSignedRank(isNumber ? gains : []);
  const exception = rules.exceptions.find(({ strategy }) => strategy === current.strategy);
  const { identity: _, seeds: __, ...key } = current;
  return [
    {
      ...key,
      isIgnored: exception?.ignore ?? false,
      margin: exception?.margin ?? rules.margin,
      seeds: pairs.map(([{ seed }]) => seed),
      baselineMean: meanOf(beforeAreas),
      currentMean: meanOf(nowAreas),
      gains,
      gain: estimate(gains, 1 - rules.alpha),
      pValue: ranks.pValue,
      rankSign: Math.sign(ranks.positiveRanks - ranks.negativeRanks),
      baselineCurve: meanCurve(before),
      currentCurve: meanCurve(now),
    },
  ];
}

/** First less second, turned so that more is better. Equal values have a gain of 0, also where they are infinite or NaN. */
export function gainsOf(first: readonly number[], second: readonly number[], metric: MetricName): number[] {
  return first.map((value, i) => {
    const other = second[i] as number;
    return Object.is(value, other) ? 0 : orientation(metric) * (value - other);
  });
}

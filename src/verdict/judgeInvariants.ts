/**
 * What a spec says must hold of its results, looked at in each group. `holds` and `broken` are both said only of what
 * an interval shows; what it leaves open is `inconclusive`, but for `>=`, which asks for no more than not to be
 * surely worse.
 */
import { aubc, estimate, groupName, groups, type Interval, type MetricName } from '../analysis/index.ts';
import type { CheckRules, Invariant } from '../experiment/checkRules.ts';
import { counted } from '../foundation/counted.ts';
import type { BaselineCell } from './baseline.ts';
import type { InvariantVerdict } from './checkReport.ts';
import { gainsOf } from './judgeCells.ts';
import { pairSeeds, sharedCurves } from './sharedCurves.ts';

/**
 * Every invariant in every group of `cells`. Intervals are Student's at 1 - alpha / (number of verdicts), so that the
 * chance that any invariant that holds is called broken is at most alpha (Bonferroni). "More" is "better": where the
 * metric is better the lower, AUBCs are turned before they are compared, but not before they are held against a
 * range.
 */
export function judgeInvariants(cells: readonly BaselineCell[], rules: CheckRules): InvariantVerdict[] {
  const found = groups(cells);
  const level = 1 - rules.alpha / Math.max(1, found.length * rules.invariants.length);
  return rules.invariants.flatMap((invariant) =>
    found.map((group): InvariantVerdict => {
      const judged = judge(invariant, group.cells, { metric: rules.metric, level });
      return { text: invariant.text, group: groupName(group, found), ...judged };
    }),
  );
}

interface Measure {
  readonly metric: MetricName;
  /** Coverage of intervals. */
  readonly level: number;
}

type Judged = Pick<InvariantVerdict, 'outcome' | 'finding'>;

function judge(invariant: Invariant, cells: readonly BaselineCell[], measure: Measure): Judged {
  const names = invariant.kind === 'above' ? [invariant.strategy, invariant.other] : [invariant.strategy];
  const absent = names.find((name) => !cells.some(({ strategy }) => strategy === name));
  if (absent !== undefined) {
    return { outcome: 'inconclusive', finding: `${absent} has no finished trial here.` };
  }
  const [cell, other] = names.map((name) => cells.find(({ strategy }) => strategy === name));
  return invariant.kind === 'above'
    ? judgeAbove(invariant, cell as BaselineCell, other as BaselineCell, measure)
    : judgeWithin(invariant, cell as BaselineCell, measure);
}

/** Paired by seed: both strategies met the same data, initial pool and initial weights in each. */
function judgeAbove(
  { strategy, other, by, isStrict }: Extract<Invariant, { kind: 'above' }>,
  cell: BaselineCell,
  otherCell: BaselineCell,
  { metric, level }: Measure,
): Judged {
  const pairs = pairSeeds(cell.seeds, otherCell.seeds);
  const [own = [], others = []] = sharedCurves([pairs.map(([a]) => a), pairs.map(([, b]) => b)], metric);
  if (own.length === 0 || own[0]?.length === 0) {
    return {
      outcome: 'inconclusive',
      finding: `${strategy} and ${other} share no seed and stretch of labels.`,
    };
  }
  const gain = estimate(gainsOf(own.map(aubc), others.map(aubc), metric), level);
  const finding = `The gain of ${strategy} over ${other} is ${numbers(gain.mean, gain.interval, gain.numValues)}`;
  const { interval } = gain;
  if (interval === undefined) return oneSeed(finding);
  const isBelow = isStrict ? interval.upper <= by : interval.upper < by;
  if (isBelow)
    return { outcome: 'broken', finding: `${finding}: surely ${isStrict ? 'not more' : 'less'} than ${by}.` };
  if (!isStrict) return { outcome: 'holds', finding: `${finding}: not surely less than ${by}.` };
  return interval.lower > by
    ? { outcome: 'holds', finding: `${finding}: surely more than ${by}.` }
    : {
        outcome: 'inconclusive',
        finding: `${finding}: whether it is more than ${by}, so many seeds cannot tell.`,
      };
}

/**
 * Of the mean itself, so the spread of seeds counts in full. A mean inside of a range beyond which its interval
 * reaches is no proof that the range holds: it is inconclusive, and a wider range or more seeds mend it.
 */
function judgeWithin(
  { strategy, range: [low, high] }: Extract<Invariant, { kind: 'within' }>,
  cell: BaselineCell,
  { metric, level }: Measure,
): Judged {
  const [curves = []] = sharedCurves([cell.seeds], metric);
  if (curves[0]?.length === 0) {
    return { outcome: 'inconclusive', finding: `The seeds of ${strategy} share no stretch of labels.` };
  }
  const { mean, interval, numValues } = estimate(curves.map(aubc), level);
  const finding = `The mean AUBC of ${strategy} is ${numbers(mean, interval, numValues)}`;
  if (interval === undefined) return oneSeed(finding);
  const place = `${low} to ${high}`;
  if (interval.lower >= low && interval.upper <= high) {
    return { outcome: 'holds', finding: `${finding}: surely within ${place}.` };
  }
  if (interval.upper < low || interval.lower > high) {
    return { outcome: 'broken', finding: `${finding}: surely outside ${place}.` };
  }
  return {
    outcome: 'inconclusive',
    finding: `${finding}: whether it is within ${place}, so many seeds cannot tell.`,
  };
}

function oneSeed(finding: string): Judged {
  return { outcome: 'inconclusive', finding: `${finding}: one seed says nothing of its spread.` };
}

function numbers(mean: number, interval: Interval | undefined, numSeeds: number): string {
  const seeds = counted(numSeeds, 'seed');
  return interval === undefined
    ? `${mean.toFixed(4)} (${seeds})`
    : `${mean.toFixed(4)} (${interval.lower.toFixed(4)} to ${interval.upper.toFixed(4)}, ${seeds})`;
}

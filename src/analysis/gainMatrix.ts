/** What every strategy gains over the baseline under every condition of a sweep: what breaks, and where. */
import { groupBy } from '../foundation/groupBy.ts';
import type { Group } from './cells.ts';
import { type BaselineOptions, type Comparison, compareWithBaseline } from './comparison.ts';
import { curveAxis } from './curveAxis.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { meanOf } from './estimate.ts';
import { type GroupAxis, varyingAxes } from './groupAxes.ts';
import { orientation } from './scoreBlocks.ts';

export interface GainMatrix {
  readonly baseline: string;
  /** That tell its conditions apart; one at least. */
  readonly axes: readonly GroupAxis[];
  /** In natural order, two at least. */
  readonly conditions: readonly Condition[];
  /** Best mean gain first, bounds last. */
  readonly strategies: readonly string[];
}

export interface Condition {
  readonly group: Group;
  /** Paired by seed; Holm's rule is over the strategies of this condition. */
  readonly comparisons: readonly Comparison[];
}

/** More do not fit beside each other: matrices are then of one data set each, or of one model. */
const MOST_CONDITIONS = 12;

/** None where fewer than two groups have something to compare. */
export function gainMatrices(
  allGroups: readonly Group[],
  { baseline = BASELINE_STRATEGY, metric = 'accuracy', over }: BaselineOptions = {},
): GainMatrix[] {
  const conditions = allGroups.map((group): Condition => {
    const axis = curveAxis(group.cells, over);
    return { group, comparisons: compareWithBaseline(group, { baseline, metric, axis }) };
  });
  const told = conditions.filter(({ comparisons }) => comparisons.length > 0);
  return split(told)
    .filter((part) => part.length > 1)
    .map((part) => ({
      baseline,
      axes: varyingAxes(part.map(({ group }) => group)),
      conditions: part,
      strategies: ranked(part, orientation(metric)),
    }));
}

/** By the first axis that tells them apart, for as long as they are too many. */
function split(conditions: readonly Condition[]): (readonly Condition[])[] {
  const [first] = varyingAxes(conditions.map(({ group }) => group));
  if (first === undefined || conditions.length <= MOST_CONDITIONS) return [conditions];
  return groupBy(conditions, ({ group }) => first.text(group)).flatMap(split);
}

function ranked(conditions: readonly Condition[], sign: 1 | -1): string[] {
  const all = conditions.flatMap(({ comparisons }) => comparisons);
  const rows = groupBy(all, ({ strategy }) => strategy).map((comparisons) => ({
    strategy: comparisons[0].strategy,
    isBound: comparisons.some(({ isBound }) => isBound),
    gain: sign * meanOf(comparisons.map(({ difference }) => difference.mean)),
  }));
  return rows
    .sort((a, b) => Number(a.isBound) - Number(b.isBound) || b.gain - a.gain)
    .map(({ strategy }) => strategy);
}

/** What accepting a run changes in a baseline, cell by cell. */
import { type CellKey, cellKeyOf, type MetricName, meanOf } from '../analysis/index.ts';
import type { Baseline, BaselineCell } from './baseline.ts';
import { cellId } from './cellText.ts';
import { keyDifferences, keyDifferenceText } from './keyDifferences.ts';
import { isSameSpec } from './matchCells.ts';

export interface BaselineChange extends CellKey {
  /** `same`: every round of every seed to the last bit. `redefined`: trials of another kind under the same name. */
  readonly kind: 'added' | 'removed' | 'redefined' | 'changed' | 'same';
  /** Left out on the side that lacks the cell. */
  readonly before?: CellSummary;
  readonly after?: CellSummary;
  /** Of a redefined cell, the keys: `budget: 100 → 200`. */
  readonly differences: readonly string[];
}

export interface CellSummary {
  /** Mean AUBC over all of the cell's seeds. */
  readonly mean: number;
  readonly numSeeds: number;
}

/** In the order of `after`, what was removed last. */
export function baselineChanges(
  before: Baseline | undefined,
  after: Baseline,
  metric: MetricName,
): readonly BaselineChange[] {
  const old = new Map(before?.cells.map((cell) => [cellId(cell), cell]));
  const kept = new Set(after.cells.map(cellId));
  const removed = [...old.values()].filter((cell) => !kept.has(cellId(cell)));
  return [
    ...after.cells.map((cell) => changeOf(old.get(cellId(cell)), cell, metric)),
    ...removed.map((cell) => changeOf(cell, undefined, metric)),
  ];
}

function changeOf(
  before: BaselineCell | undefined,
  after: BaselineCell | undefined,
  metric: MetricName,
): BaselineChange {
  const isRedefined = before && after && !isSameSpec({ baseline: before, current: after });
  const differences = isRedefined
    ? keyDifferences(before.identity, after.identity).map(keyDifferenceText)
    : [];
  return {
    ...cellKeyOf((after ?? before) as BaselineCell),
    kind: kindOf(before, after, differences),
    ...(before && { before: summaryOf(before, metric) }),
    ...(after && { after: summaryOf(after, metric) }),
    differences,
  };
}

function kindOf(
  before: BaselineCell | undefined,
  after: BaselineCell | undefined,
  differences: readonly string[],
): BaselineChange['kind'] {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (differences.length > 0) return 'redefined';
  return bitsOf(before) === bitsOf(after) ? 'same' : 'changed';
}

function bitsOf({ seeds }: BaselineCell): string {
  return JSON.stringify(seeds.map(({ seed, roundHashes }) => [seed, roundHashes]));
}

function summaryOf({ seeds }: BaselineCell, metric: MetricName): CellSummary {
  return { mean: meanOf(seeds.map(({ aubc }) => aubc[metric])), numSeeds: seeds.length };
}

/**
 * What labels are worth to a model that did not ask for them: every model trained on what each query model asked for, held
 * against the baseline, and against what it would have asked for itself (Lowell et al., arXiv 1807.04801).
 */
import type { Cell, Group, GroupKey } from './cells.ts';
import {
  type BaselineOptions,
  type Comparison,
  type ComparisonOptions,
  compareWithBaseline,
} from './comparison.ts';
import { curveAxis } from './curveAxis.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { naturalOrder } from './naturalOrder.ts';

export interface TransferCell {
  /** Trained on the labels, and measured. */
  readonly model: string;
  /** Asked for them; equal to `model` where it asked for itself. */
  readonly queryModel: string;
  /** Paired by seed; Holm's rule is over all strategies and query models of the model. */
  readonly againstBaseline: Comparison;
  /** Missing on the diagonal, and where the model has not queried for itself. */
  readonly againstOwn?: Comparison;
}

/** One strategy in one setting. */
export interface TransferMatrix extends Omit<GroupKey, 'model'> {
  /** The strategy's label, without a query model. */
  readonly strategy: string;
  readonly baseline: string;
  /** In natural order. */
  readonly models: readonly string[];
  readonly queryModels: readonly string[];
  readonly cells: readonly TransferCell[];
}

/** None where no model was trained on labels that another asked for. In the order of groups, then of strategies. */
export function transferMatrices(
  allGroups: readonly Group[],
  { baseline = BASELINE_STRATEGY, metric, over }: BaselineOptions = {},
): TransferMatrix[] {
  const bySetting = new Map<string, TransferMatrix & { readonly cells: TransferCell[] }>();
  for (const group of allGroups) {
    const options = { axis: curveAxis(group.cells, over), ...(metric && { metric }) };
    const against = (name: string) => comparisonsWith(group, { ...options, baseline: name });
    const withBaseline = against(baseline);
    for (const strategy of transferredStrategies(group)) {
      const { model, cells: _, ...setting } = group;
      const key = JSON.stringify([...Object.values(setting), strategy]);
      const matrix = bySetting.get(key) ?? {
        ...setting,
        strategy,
        baseline,
        models: [],
        queryModels: [],
        cells: [],
      };
      bySetting.set(key, matrix);
      const withOwn = against(strategy);
      for (const cell of group.cells) {
        const againstBaseline = withBaseline.get(cell.strategy);
        if (plainName(cell) !== strategy || againstBaseline === undefined) continue;
        const againstOwn = withOwn.get(cell.strategy);
        matrix.cells.push({
          ...{ model, queryModel: queriedBy(cell)?.model ?? model, againstBaseline },
          ...(againstOwn && { againstOwn }),
        });
      }
    }
  }
  return [...bySetting.values()]
    .filter(({ cells }) => cells.some(({ model, queryModel }) => model !== queryModel))
    .map((matrix) => ({
      ...matrix,
      models: named(matrix.cells.map(({ model }) => model)),
      queryModels: named(matrix.cells.map(({ queryModel }) => queryModel)),
    }));
}

/** By the label of the strategy that is compared. */
function comparisonsWith(group: Group, options: ComparisonOptions): ReadonlyMap<string, Comparison> {
  return new Map(compareWithBaseline(group, options).map((each) => [each.strategy, each]));
}

function transferredStrategies({ cells }: Group): readonly string[] {
  return named(cells.flatMap((cell) => queriedBy(cell)?.strategy ?? []));
}

const plainName = (cell: Cell): string => queriedBy(cell)?.strategy ?? cell.strategy;

function queriedBy({ finished, failed, unfinished }: Cell) {
  return [...finished, ...failed, ...unfinished][0]?.header.trial.labels.queriedBy;
}

const named = (labels: readonly string[]): string[] => [...new Set(labels)].sort(naturalOrder);

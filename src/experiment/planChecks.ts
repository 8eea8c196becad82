/** What a plan refuses before anything is run. */
import { checkInitialPoolSize } from '../datasets/index.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import { UserError } from '../foundation/userError.ts';
import type { LabelledDataset } from './planDataset.ts';
import type { LabelledModel } from './planModel.ts';
import type { ExperimentSpec } from './spec.ts';

/**
 * Throws `UserError("duplicate-entry")` where an axis says one thing twice, `ambiguous-label` where two
 * things by one name.
 */
export function checkAxis(
  axis: string,
  entries: readonly { readonly label: string; readonly config: unknown }[],
): void {
  const labelByConfig = new Map<string, string>();
  const labels = new Set<string>();
  for (const { label, config } of entries) {
    const key = canonicalJson(config);
    const twin = labelByConfig.get(key);
    if (twin !== undefined) {
      const met = twin === label ? `"${label}" twice` : `"${twin}" and "${label}", which come to the same`;
      throw new UserError(
        'duplicate-entry',
        `The entries of "${axis}" must differ, and it has ${met}. Leave one out.`,
      );
    }
    if (labels.has(label)) {
      throw new UserError(
        'ambiguous-label',
        `Different entries of "${axis}" need different labels, and two are called "${label}". Give one of them a "label".`,
      );
    }
    labelByConfig.set(key, label);
    labels.add(label);
  }
}

/** Throws `UserError("bad-scoring")` where strategies would see fewer rows than they are to pick. */
export function checkScoring({ scoring, queryBatchSize }: ExperimentSpec): void {
  const largest = Math.max(...queryBatchSize);
  if (scoring === undefined || scoring.poolSubset >= largest) return;
  throw new UserError(
    'bad-scoring',
    `Scoring must see at least a query batch: "poolSubset" is ${scoring.poolSubset}, and a query takes ${largest} rows. ` +
      'Raise "poolSubset", or lower "queryBatchSize".',
  );
}

/** One point of the grid, strategy and oracle aside. */
export interface Cell {
  readonly dataset: LabelledDataset;
  readonly model: LabelledModel;
  readonly initialPoolSize: number;
  readonly queryBatchSize: number;
  readonly seed: number;
}

/**
 * Labels at the end of a trial. Throws `UserError` "bad-initial-pool", "bad-budget", "no-validation", and
 * what `splitSizes` throws.
 */
export function budgetOf(length: ExperimentSpec['length'], cell: Cell): number {
  const { dataset, model, initialPoolSize, queryBatchSize, seed } = cell;
  const { info, label, config } = dataset;
  const sizes = dataset.sizes(seed);
  const { numClasses } = info;
  checkInitialPoolSize({ size: initialPoolSize, method: config.initialPool, numClasses, sizes });
  if (model.config.training.stop.rule === 'validation-accuracy' && sizes.validation === 0) {
    throw new UserError(
      'no-validation',
      `The stop rule validation-accuracy of "${model.label}" needs validation rows, and the split of "${label}" has none. ` +
        'Set "validation" in its split, or choose another rule.',
    );
  }
  const [budget, source] =
    'rounds' in length
      ? [
          initialPoolSize + length.rounds * queryBatchSize,
          ` (initial pool ${initialPoolSize} + ${length.rounds} rounds of ${queryBatchSize})`,
        ]
      : [length.budget === 'all' ? sizes.pool : length.budget, ''];
  if (budget > sizes.pool) {
    throw new UserError(
      'bad-budget',
      `A budget must not exceed the pool: it is ${budget} labels${source}, and the pool of "${label}" has ${sizes.pool} rows. ` +
        'Lower it, or use "budget: all".',
    );
  }
  if (budget <= initialPoolSize) {
    throw new UserError(
      'bad-budget',
      `A budget counts all labels and must exceed the initial pool: it is ${budget}, and the initial pool has ${initialPoolSize}. ` +
        'Raise the budget, or start with less.',
    );
  }
  return budget;
}

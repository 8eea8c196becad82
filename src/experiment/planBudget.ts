/** How long a trial goes on: in queries, or in what they cost. */
import { checkInitialPoolSize } from '../datasets/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { TrialIdentity } from '../store/record.ts';
import type { LabelledDataset } from './planDataset.ts';
import type { LabelledModel } from './planModel.ts';
import type { LengthChoice } from './spec.ts';

/** One point of the grid, strategy aside. */
interface Cell {
  readonly dataset: LabelledDataset;
  readonly model: LabelledModel;
  readonly queryModel?: readonly LabelledModel[];
  /** No answer of the oracle costs less. */
  readonly minimumCost: number;
  readonly initialPoolSize: number;
  readonly queryBatchSize: number;
  readonly seed: number;
}

type Budget = Pick<TrialIdentity, 'budget' | 'costBudget'>;

/**
 * Queries at the end of a trial, and what they may cost. Throws `UserError` "bad-initial-pool", "bad-budget",
 * "no-validation", and what `splitSizes` throws.
 */
export function budgetOf(length: LengthChoice, cell: Cell): Budget {
  const { dataset, model, queryModel = [], initialPoolSize, queryBatchSize, seed } = cell;
  const { info, label, config } = dataset;
  const sizes = dataset.sizes(seed);
  const { numClasses } = info;
  checkInitialPoolSize({ size: initialPoolSize, method: config.initialPool, numClasses, sizes });
  for (const each of [model, ...queryModel]) checkStopRule(each, label, sizes.validation);
  if ('cost' in length) return costBudgetOf(length.cost, cell, sizes.pool);
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
  return { budget };
}

/** Throws `UserError("no-validation")` where the stop rule looks at validation rows and there are none. */
function checkStopRule(model: LabelledModel, dataset: string, numValidation: number): void {
  if (model.config.training.stop.rule !== 'validation-accuracy' || numValidation > 0) return;
  throw new UserError(
    'no-validation',
    `The stop rule validation-accuracy of "${model.label}" needs validation rows, and the split of "${dataset}" has none. ` +
      'Set "validation" in its split, or choose another rule.',
  );
}

/** The queries that the cost can buy at most, and no more than there are rows. */
function costBudgetOf(cost: number, { minimumCost, initialPoolSize }: Cell, poolSize: number): Budget {
  const budget = Math.min(poolSize, Math.floor(cost / minimumCost + 1e-9));
  if (budget > initialPoolSize) return { budget, costBudget: cost };
  const bought = Math.min(poolSize, budget);
  throw new UserError(
    'bad-budget',
    `A budget must buy more than the initial pool: a cost of ${cost} buys at most ${bought} queries, and the initial pool has ` +
      `${initialPoolSize}. Raise the budget, or start with less.`,
  );
}

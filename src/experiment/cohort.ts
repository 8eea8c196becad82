/**
 * A cohort: the trials that differ in nothing but the strategy. They share the split, the initial pool and round 0,
 * whose training is therefore done once and whose accuracy is equal to the last bit.
 */
import { type Dataset, drawInitialPool, type IndexMasks, splitDataset } from '../datasets/index.ts';
import type { Compute } from '../engines/compute.ts';
import { lookUp } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import type { Learner } from '../learner/learner.ts';
import { oracles } from '../oracles/index.ts';
import type { Oracle } from '../oracles/oracle.ts';
import type { TrialIdentity } from '../store/record.ts';
import { askOracle } from './askOracle.ts';
import { type FittedRound, fitRound, type RoundSetting } from './fitRound.ts';
import { LabelledSet } from './labelledSet.ts';

export interface Cohort extends RoundSetting {
  readonly oracle: Oracle;
  /** The initial pool with the oracle's answers; every trial starts from a copy. */
  readonly initial: LabelledSet;
  /** Trained when first asked for, and then shared. */
  roundZero(checkInterruption: () => void): Promise<FittedRound>;
}

export interface CohortSetting {
  readonly dataset: Dataset;
  readonly learner: Learner;
  readonly compute: Compute;
  readonly masks?: IndexMasks;
}

/** @param identity of any trial of the cohort */
export async function createCohort(
  identity: TrialIdentity,
  { dataset, learner, compute, masks }: CohortSetting,
): Promise<Cohort> {
  const { info, labels } = dataset;
  const { seed, initialPoolSize: size, dataset: config } = identity;
  const split = splitDataset({ info, labels, config: config.split, seed, ...(masks && { masks }) });
  const rows = drawInitialPool({
    ...{ split, labels, info, seed, size },
    numClasses: info.numClasses,
    method: config.initialPool,
  });
  const oracle = lookUp('oracle', oracles, identity.oracle.name).create(identity.oracle.options, {
    trueLabels: labels,
    numClasses: info.numClasses,
    seed,
  });
  const initial = await labelInitialPool(rows, oracle, {
    ...{ identity, pool: split.pool, numSamples: info.numSamples },
  });
  let roundZero: Promise<FittedRound> | undefined;
  const cohort: Cohort = {
    ...{ dataset, learner, compute, oracle, split, initial },
    roundZero(checkInterruption) {
      roundZero ??= fitRound(cohort, identity, { labelled: initial, round: 0, checkInterruption });
      return roundZero;
    },
  };
  return cohort;
}

interface InitialPoolSetting {
  readonly identity: TrialIdentity;
  readonly pool: Int32Array;
  readonly numSamples: number;
}

/** Asks for the initial pool as for any other row. Throws `UserError("bad-initial-pool")` where nothing comes of it. */
async function labelInitialPool(
  rows: Int32Array,
  oracle: Oracle,
  { identity: { costBudget, seed }, pool, numSamples }: InitialPoolSetting,
): Promise<LabelledSet> {
  const initial = new LabelledSet(pool, numSamples, { retiresUnanswered: oracle.retiresUnanswered });
  const { answers, cost } = await askOracle(oracle, rows, initial);
  if (costBudget !== undefined && cost > costBudget) {
    throw new UserError(
      'bad-initial-pool',
      `The initial pool must cost no more than the budget, and with seed ${seed} costs ${cost.toFixed(2)} of ${costBudget}. ` +
        'Raise the budget, or start with less.',
    );
  }
  initial.add(rows, answers, cost);
  if (initial.rows.length > 0) return initial;
  throw new UserError(
    'bad-initial-pool',
    `Training needs a label, and with seed ${seed} the oracle answered none of the ${rows.length} rows of the initial pool. ` +
      'Start with more rows, or lower the rate at which it abstains.',
  );
}

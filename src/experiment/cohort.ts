/**
 * A cohort: the trials that differ in nothing but the strategy. They share the split, the initial pool and round 0,
 * whose training is therefore done once and whose accuracy is equal to the last bit.
 */
import { type Dataset, drawInitialPool, type IndexMasks, splitDataset } from '../datasets/index.ts';
import type { Compute } from '../engines/compute.ts';
import { lookUp } from '../foundation/nearest.ts';
import type { Learner } from '../learner/learner.ts';
import { oracles } from '../oracles/index.ts';
import type { Oracle } from '../oracles/oracle.ts';
import type { TrialIdentity } from '../store/record.ts';
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
  const oracle = lookUp('oracle', oracles, identity.oracle.name).create({
    trueLabels: labels,
    numClasses: info.numClasses,
    seed,
  });
  const initial = new LabelledSet(split.pool, info.numSamples);
  initial.add(rows, (await oracle.label(rows)).labels);
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

/** Where a worker's trials get their cohorts: data sets, compiled learners and, for trials one by one, cohorts are kept. */
import { type Dataset, datasetKey, normalizationOf } from '../datasets/index.ts';
import { createCompute } from '../engines/compute.ts';
import type { Engine } from '../engines/engine.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import type { Learner } from '../learner/learner.ts';
import { createLockstep } from '../learner/lockstep.ts';
import { createReplicaLearner, type ReplicaLearner } from '../learner/replicaLearner.ts';
import type { Trial, TrialIdentity } from '../store/record.ts';
import { type Cohort, createCohort } from './cohort.ts';
import { cohortId } from './planIds.ts';
import { acquiringIdentity } from './planQueryModel.ts';
import { unshared } from './shareDatasets.ts';
import type { WorkerSetup } from './workerMessages.ts';

/** A trial's place in a pack. */
interface TrialPlace {
  readonly cohort: () => Promise<Cohort>;
  /** Of the trial that has this one's query model as its own; where there is one. Nothing is compiled before it is called. */
  readonly queryCohort?: () => Promise<Cohort>;
  /** To be called when the trial asks nothing any more: the others of its pack wait for its requests. */
  leave(): void;
}

export interface CohortSource {
  /**
   * For trials that run side by side, all of one data set and model. A trial alone shares its cohort, and so the training
   * of round 0, with the one before; in a pack each has a cohort of its own, whose round 0 costs no more in its slot.
   */
  placesFor(trials: readonly Trial[]): Promise<readonly TrialPlace[]>;
}

export function createCohortSource(engine: Engine, setup: WorkerSetup): CohortSource {
  const compute = createCompute(engine);
  const datasets = new Map<string, Dataset>();
  const learners = new Map<string, Promise<ReplicaLearner>>();
  /** Of trials one by one, for which nobody waits: it is never left. */
  const soloLearners = new Map<ReplicaLearner, Learner>();
  /** Of the latest trial, by id: its own and its query model's. Trials of a cohort come one after another. */
  const cohorts = new Map<string, Promise<Cohort>>();

  function datasetOf(key: string): Dataset {
    const known = datasets.get(key);
    if (known !== undefined) return known;
    const shared = setup.datasets.find((each) => each.key === key);
    if (shared === undefined) throw new Error(`Data set "${key}" was not handed to the worker.`);
    const { info, features, labels } = shared;
    const dataset = { info, features: unshared(features), labels: unshared(labels) };
    datasets.set(key, dataset);
    return dataset;
  }

  /** Splits share a learner: its programs depend on the data, the model and the number of replicas alone. */
  function replicasFor({ dataset: config, model }: TrialIdentity, count: number): Promise<ReplicaLearner> {
    const data = datasetKey(config);
    const key = canonicalJson({ data, normalization: config.normalization, model, count });
    const dataset = datasetOf(data);
    const scaling = normalizationOf(dataset.info, config);
    const learner = learners.get(key) ?? createReplicaLearner(engine, dataset, scaling, model, count);
    learners.set(key, learner);
    return learner;
  }

  function cohortOf(identity: TrialIdentity, learner: Learner): Promise<Cohort> {
    const masks = setup.masks.get(identity.dataset.split.masks?.sha256 ?? '');
    return createCohort(identity, {
      ...{ dataset: datasetOf(datasetKey(identity.dataset)), learner, compute },
      ...(masks && { masks }),
    });
  }

  function soloCohort(identity: TrialIdentity, replicas: ReplicaLearner): Promise<Cohort> {
    const id = cohortId(identity);
    const learner = soloLearners.get(replicas) ?? createLockstep(replicas).join();
    soloLearners.set(replicas, learner);
    const cohort = cohorts.get(id) ?? cohortOf(identity, learner);
    cohorts.set(id, cohort);
    return cohort;
  }

  return {
    async placesFor(trials) {
      const [first] = trials;
      if (first === undefined) return [];
      const replicas = await replicasFor(first.identity, trials.length);
      if (trials.length > 1) {
        const lockstep = createLockstep(replicas);
        return trials.map(({ identity }) => {
          const learner = lockstep.join();
          return { cohort: () => cohortOf(identity, learner), leave: learner.leave };
        });
      }
      const acquirer = acquiringIdentity(first.identity);
      const wanted = [first.cohort, acquirer && cohortId(acquirer)];
      for (const id of cohorts.keys()) if (!wanted.includes(id)) cohorts.delete(id);
      const queryCohort = acquirer && (async () => soloCohort(acquirer, await replicasFor(acquirer, 1)));
      return [
        {
          cohort: () => soloCohort(first.identity, replicas),
          ...(queryCohort && { queryCohort }),
          leave: () => {},
        },
      ];
    },
  };
}

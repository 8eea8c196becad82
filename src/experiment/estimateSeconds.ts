/** How long trials would take: real rounds at the smallest and the largest label count, a straight line between. */
import {
  type Dataset,
  datasetKey,
  loadConfigured,
  normalizationOf,
  readIndexMasks,
} from '../datasets/index.ts';
import { createCompute } from '../engines/compute.ts';
import type { Engine } from '../engines/engine.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import { groupBy } from '../foundation/groupBy.ts';
import type { Learner } from '../learner/learner.ts';
import { createLockstep } from '../learner/lockstep.ts';
import { createReplicaLearner } from '../learner/replicaLearner.ts';
import type { Trial } from '../store/record.ts';
import { askOracle } from './askOracle.ts';
import { type CohortSetting, createCohort } from './cohort.ts';
import { fitRound } from './fitRound.ts';
import { type Pack, packTrials } from './packs.ts';
import { trialId } from './planIds.ts';
import { acquiringIdentity } from './planQueryModel.ts';
import { roundSizes } from './roundSizes.ts';
import { trainingsPerRound } from './trainingsPerRound.ts';

export interface EstimateOptions {
  readonly engine: Engine;
  readonly numWorkers: number;
  /** Default: that of a run. */
  readonly packSize?: number | undefined;
  /** Ids of trials that are stored: what they asked for is known. */
  readonly finished?: ReadonlySet<string>;
  /** Seconds after which a round is not waited for. Default: 20. */
  readonly longestRound?: number;
}

interface Measured {
  readonly seconds: number;
  /** Some rounds took longer than a measurement may: they will take more than that. */
  readonly isLowerBound: boolean;
}

/** Of one worker for all trials, every one taken to predict for its pool in every round. */
export interface Estimate extends Measured {
  readonly numPacks: number;
}

/** Whoever asks how long it will take does not want to wait for it. */
const LONGEST_ROUND = 20;

class TookTooLong extends Error {}

export async function estimateSeconds(
  trials: readonly Trial[],
  { engine, numWorkers, packSize, finished = new Set(), longestRound = LONGEST_ROUND }: EstimateOptions,
): Promise<Estimate> {
  const loaded = new Map<string, Dataset>();
  for (const { identity } of trials) {
    const key = datasetKey(identity.dataset);
    if (!loaded.has(key)) loaded.set(key, await loadConfigured(identity.dataset));
  }
  const datasetOf = (key: string): Dataset => loaded.get(key) as Dataset;
  const infoOf = (key: string) => datasetOf(key).info;
  const all = [...trials, ...trainedBeside(trials, finished)];
  const packs = packTrials(all, { packing: engine.packing, infoOf, numWorkers, packSize });
  const keyOf = ([first, ...rest]: Pack): string => {
    const { dataset, model } = (first as Trial).identity;
    return canonicalJson({ dataset, model, size: 1 + rest.length });
  };
  const measured: Measured[] = [];
  for (const group of groupBy(packs, keyOf)) {
    const { dataset } = (group[0][0] as Trial).identity;
    measured.push(await estimateGroup(group, datasetOf(datasetKey(dataset)), { engine, longestRound }));
  }
  return {
    seconds: measured.reduce((sum, { seconds }) => sum + seconds, 0),
    isLowerBound: measured.some(({ isLowerBound }) => isLowerBound),
    numPacks: packs.length,
  };
}

/** For each query model that has no trial of its own to ask for its rows, the trial that it stands for. */
function trainedBeside(trials: readonly Trial[], finished: ReadonlySet<string>): Trial[] {
  const known = new Set([...finished, ...trials.map(({ id }) => id)]);
  return trials.flatMap((trial) => {
    const identity = acquiringIdentity(trial.identity);
    return identity === undefined || known.has(trialId(identity)) ? [] : [{ ...trial, identity }];
  });
}

/** Packs of one size, data set and model. */
async function estimateGroup(
  packs: readonly Pack[],
  dataset: Dataset,
  { engine, longestRound }: { readonly engine: Engine; readonly longestRound: number },
): Promise<Measured> {
  const trials = packs.flat();
  const { dataset: config, model } = (trials[0] as Trial).identity;
  const size = packs[0]?.length ?? 1;
  const normalization = normalizationOf(dataset.info, config);
  const replicas = await createReplicaLearner(engine, dataset, normalization, model, size);
  const lockstep = createLockstep(replicas);
  const learners = Array.from({ length: size }, () => lockstep.join());
  const masks = config.split.masks && (await readIndexMasks(config.split.masks.path, dataset.info));
  const setting = { dataset, compute: createCompute(engine), ...(masks && { masks }) };
  const measure = (trial: Trial, numLabels: number) =>
    roundSeconds(trial, numLabels, { ...setting, learners, longestRound });
  const smallest = trials.reduce((a, b) =>
    a.identity.initialPoolSize <= b.identity.initialPoolSize ? a : b,
  );
  const largest = trials.reduce((a, b) => (a.identity.budget >= b.identity.budget ? a : b));
  const [from, to] = [smallest.identity.initialPoolSize, largest.identity.budget];
  // The first run of a session pays for its memory.
  const first = await measure(smallest, from);
  const atFrom = first.isLowerBound ? first : await measure(smallest, from);
  const atTo = to > from && !atFrom.isLowerBound ? await measure(largest, to) : atFrom;
  await replicas.dispose();
  const slope = to > from ? (atTo.seconds - atFrom.seconds) / (to - from) : 0;
  const seconds = trials.reduce((total, { identity }) => {
    const rounds = roundSizes(identity).map((numLabels) => atFrom.seconds + slope * (numLabels - from));
    return total + trainingsPerRound(identity) * rounds.reduce((sum, each) => sum + each, 0);
  }, 0);
  return { seconds, isLowerBound: atTo.isLowerBound };
}

interface RoundSetting extends Omit<CohortSetting, 'learner'> {
  readonly learners: readonly Learner[];
  readonly longestRound: number;
}

/** One round trained on the initial pool and on further rows of the pool up to `numLabels`, per learner side by side. */
async function roundSeconds(
  { identity }: Trial,
  numLabels: number,
  { learners, longestRound, ...given }: RoundSetting,
): Promise<Measured> {
  const prepared = await Promise.all(
    learners.map(async (learner) => {
      const cohort = await createCohort(identity, { ...given, learner });
      const labelled = cohort.initial.copy();
      const more = labelled.unlabelled().subarray(0, numLabels - labelled.numQueries);
      const { rows, answers, cost } = await askOracle(cohort.oracle, more, labelled);
      labelled.add(rows, answers, cost);
      return { cohort, labelled };
    }),
  );
  const start = performance.now();
  const secondsSoFar = (): number => (performance.now() - start) / 1000;
  const checkInterruption = (): void => {
    if (secondsSoFar() > longestRound) throw new TookTooLong();
  };
  const outcomes = await Promise.allSettled(
    prepared.map(async ({ cohort, labelled }) => {
      const fitted = await fitRound(cohort, identity, { labelled, round: 0, checkInterruption });
      await fitted.poolPredictions();
    }),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const failure = failures.find((reason) => !(reason instanceof TookTooLong));
  if (failure !== undefined) throw failure;
  return { seconds: secondsSoFar() / learners.length, isLowerBound: failures.length > 0 };
}

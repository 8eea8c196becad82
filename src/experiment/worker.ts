/** A worker: runs one trial after another on an engine of its own, and keeps what the next may share. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Dataset } from '../datasets/index.ts';
import { createCompute } from '../engines/compute.ts';
import { createEngine } from '../engines/index.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import { UserError } from '../foundation/userError.ts';
import { TrainingDiverged } from '../learner/fit.ts';
import { createLearner, type Learner } from '../learner/learner.ts';
import type { TrialIdentity } from '../store/record.ts';
import { type Cohort, createCohort } from './cohort.ts';
import { Interrupted } from './interruption.ts';
import { processPort } from './processTransport.ts';
import { unshared } from './shareDatasets.ts';
import { threadPort } from './threadTransport.ts';
import { trialLoop } from './trialLoop.ts';
import type { TrialTask, WorkerReply } from './workerMessages.ts';

const port = parentPort === null ? await processPort() : threadPort(parentPort, workerData);
const { setup, reply } = port;
const engine = createEngine(setup.engine, setup.device);
const compute = engine.then(createCompute);
const datasets = new Map<string, Dataset>();
const learners = new Map<string, Promise<Learner>>();
/** Only the latest: trials of a cohort come one after another. */
let current: { readonly id: string; readonly cohort: Promise<Cohort> } | undefined;

port.onTask((task) => {
  runTrial(task).then(reply, (error: Error) => {
    reply(
      error instanceof Interrupted
        ? { kind: 'interrupted' }
        : { kind: 'crash', message: error.message, stack: error.stack ?? String(error) },
    );
  });
});

async function runTrial({ trial, storedRounds }: TrialTask): Promise<WorkerReply> {
  const start = performance.now();
  let numRounds = storedRounds.length;
  const footer = (outcome: { status: 'finished' } | { status: 'failed'; reason: string }): WorkerReply => ({
    kind: 'end',
    footer: { kind: 'footer', ...outcome, numRounds, seconds: (performance.now() - start) / 1000 },
  });
  try {
    if (current?.id !== trial.cohort) current = { id: trial.cohort, cohort: cohortOf(trial.identity) };
    const cohort = await current.cohort;
    for await (const record of trialLoop(trial, cohort, {
      storedRounds,
      checkInterruption: port.checkInterruption,
    })) {
      numRounds++;
      reply({ kind: 'round', record });
    }
    return footer({ status: 'finished' });
  } catch (error) {
    // What the experiment brought about is a result and stays visible; what is our fault stops the run.
    if (error instanceof TrainingDiverged || error instanceof UserError) {
      return footer({ status: 'failed', reason: `Round ${numRounds}: ${error.message}` });
    }
    throw error;
  }
}

async function cohortOf(identity: TrialIdentity): Promise<Cohort> {
  const dataset = datasetOf(identity.dataset.name);
  // Splits share a learner: its programs depend on the data and the model alone.
  const { name, normalization: scaling } = identity.dataset;
  const key = canonicalJson({ name, scaling, model: identity.model });
  const normalization = dataset.info.normalizations[scaling];
  const learner =
    learners.get(key) ?? engine.then((ready) => createLearner(ready, dataset, normalization, identity.model));
  learners.set(key, learner);
  const masks = setup.masks.get(identity.dataset.split.masks?.sha256 ?? '');
  return createCohort(identity, {
    ...{ dataset, learner: await learner, compute: await compute },
    ...(masks && { masks }),
  });
}

function datasetOf(name: string): Dataset {
  const known = datasets.get(name);
  if (known !== undefined) return known;
  const shared = setup.datasets.find(({ info }) => info.name === name);
  if (shared === undefined) throw new Error(`Data set "${name}" was not handed to the worker.`);
  const { info, features, labels } = shared;
  const dataset = { info, features: unshared(features), labels: unshared(labels) };
  datasets.set(name, dataset);
  return dataset;
}

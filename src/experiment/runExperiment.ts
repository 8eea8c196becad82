/** Runs what is missing of a plan: opens the store, starts workers, hands out trials, stores records as they come. */
import { availableParallelism } from 'node:os';
import { createEngine } from '../engines/index.ts';
import { openStore } from '../store/openStore.ts';
import { openTrial } from '../store/openTrial.ts';
import { type RoundRecord, SCHEMA_VERSION, type Trial, type TrialHeader } from '../store/record.ts';
import { environment } from './environment.ts';
import { Interrupted, interruptionFlag } from './interruption.ts';
import type { ExperimentPlan } from './plan.ts';
import type { Reporter } from './reporter.ts';
import { nextTrial } from './schedule.ts';
import { shareDatasets } from './shareDatasets.ts';
import { startTrialWorker, type TrialWorker } from './trialWorker.ts';
import { unfinishedTrials } from './unfinishedTrials.ts';

export interface RunOptions {
  /** Created where it does not exist; results of this very experiment in it are continued. */
  readonly directory: string;
  /** Threads, one trial at a time each. Default: one per core. */
  readonly numWorkers?: number;
  readonly reporter?: Reporter;
  /** Stops the run within seconds; finished rounds are stored, and running again continues. */
  readonly signal?: AbortSignal;
}

export interface RunOutcome {
  readonly state: 'complete' | 'interrupted';
  readonly numFinished: number;
  readonly numFailed: number;
  readonly numLeft: number;
}

/** How long a worker may take to notice an interruption before its thread is ended. */
const GRACE_MILLISECONDS = 2000;

/** Throws `UserError` for whatever stands in the way: data, directory, disk. */
export async function runExperiment(plan: ExperimentPlan, options: RunOptions): Promise<RunOutcome> {
  const { directory, reporter, signal } = options;
  const { environment: engineEnvironment } = await createEngine(plan.engine);
  const store = openStore(directory, plan);
  const interruption = interruptionFlag();
  const workers: TrialWorker[] = [];
  try {
    const remaining = unfinishedTrials(plan, directory);
    const numWorkers = Math.min(options.numWorkers ?? availableParallelism(), remaining.length);
    reporter?.onStart?.({
      ...{ directory, numWorkers, trials: plan.trials, remaining },
      numFinished: plan.trials.length - remaining.length,
    });
    const shared = await shareDatasets(remaining.map(({ trial }) => trial));
    for (let i = 0; i < numWorkers; i++) {
      workers.push(startTrialWorker({ ...shared, engine: plan.engine, interruption: interruption.memory }));
    }
    const counts = { finished: plan.trials.length - remaining.length, failed: 0 };
    const pending = remaining.map(({ trial }) => trial);
    const begunCohorts = new Set<string>();
    const provenance = await environment(engineEnvironment);
    const work = Promise.all(
      workers.map(async (worker) => {
        let lastCohort: string | undefined;
        while (!signal?.aborted) {
          const [trial] = pending.splice(nextTrial(pending, lastCohort, begunCohorts), 1);
          if (trial === undefined) return;
          lastCohort = trial.cohort;
          begunCohorts.add(trial.cohort);
          const status = await runTrial(trial, worker, { directory, provenance, reporter });
          counts[status]++;
        }
      }),
    );
    const state = await untilDoneOrAborted(work, interruption.request, signal);
    const numLeft = plan.trials.length - counts.finished - counts.failed;
    return { state, numFinished: counts.finished, numFailed: counts.failed, numLeft };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
    store.close();
  }
}

interface Surroundings {
  readonly directory: string;
  readonly provenance: TrialHeader['environment'];
  readonly reporter: Reporter | undefined;
}

async function runTrial(
  trial: Trial,
  worker: TrialWorker,
  { directory, provenance, reporter }: Surroundings,
) {
  const header: TrialHeader = {
    kind: 'header',
    schemaVersion: SCHEMA_VERSION,
    trial,
    environment: provenance,
  };
  // A warm start needs the previous round's weights, which are not stored: begin again.
  const isWarm = trial.identity.model.training.start === 'warm';
  const writer = openTrial(directory, header, isWarm ? { keepRounds: 0 } : {});
  try {
    for (const warning of writer.warnings) reporter?.onWarning?.(warning);
    const onRound = (record: RoundRecord): void => {
      writer.append(record);
      reporter?.onRound?.({ trial, record });
    };
    const footer = await worker.run({ trial, storedRounds: writer.rounds }, onRound);
    writer.append(footer);
    reporter?.onTrialEnd?.({ trial, footer });
    return footer.status;
  } finally {
    writer.close();
  }
}

/** On abort, asks the workers to stop and gives them a moment; what they have not noticed by then is cut off. */
async function untilDoneOrAborted(
  work: Promise<unknown>,
  requestInterruption: () => void,
  signal: AbortSignal | undefined,
): Promise<RunOutcome['state']> {
  let timer: NodeJS.Timeout | undefined;
  const aborted = new Promise<void>((resolve) => {
    const stop = (): void => {
      requestInterruption();
      timer = setTimeout(resolve, GRACE_MILLISECONDS);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // what is still running is cut off: its errors say nothing
  }
  return signal?.aborted ? 'interrupted' : 'complete';
}

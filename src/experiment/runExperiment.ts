/** Runs what is missing of a plan: opens the store, starts workers, hands out trials, stores records as they come. */
import { setMaxListeners } from 'node:events';
import { createEngine, isolationOf } from '../engines/index.ts';
import { checkOwnership, openStore } from '../store/openStore.ts';
import { openTrial } from '../store/openTrial.ts';
import { type RoundRecord, SCHEMA_VERSION, type Trial, type TrialHeader } from '../store/record.ts';
import { defaultNumWorkers } from './defaultNumWorkers.ts';
import { environment } from './environment.ts';
import { Interrupted } from './interruption.ts';
import type { ExperimentPlan } from './plan.ts';
import type { Reporter } from './reporter.ts';
import { longestFirst, nextTrial } from './schedule.ts';
import { shareDatasets } from './shareDatasets.ts';
import { startTrialWorker, type TrialWorker } from './trialWorker.ts';
import { unfinishedTrials } from './unfinishedTrials.ts';

export interface RunOptions {
  /** Created where it does not exist; results of this very experiment in it are continued. */
  readonly directory: string;
  /**
   * Threads or, where the engine needs them, processes; one trial at a time each. Default: one per core, or one in all
   * where they would share a GPU.
   */
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

/** Throws `UserError` for whatever stands in the way: data, directory, disk. */
export async function runExperiment(plan: ExperimentPlan, options: RunOptions): Promise<RunOutcome> {
  const { directory, reporter, signal } = options;
  const engine = await createEngine(plan.engine, plan.device);
  // Data come before the first byte is written: a run that cannot begin leaves nothing behind.
  checkOwnership(directory, plan.name);
  const shared = await shareDatasets(unfinishedTrials(plan, directory).map(({ trial }) => trial));
  const store = openStore(directory, plan);
  const interruption = new AbortController();
  setMaxListeners(0, interruption.signal); // one per worker
  const request = (): void => interruption.abort();
  const workers: TrialWorker[] = [];
  try {
    const remaining = unfinishedTrials(plan, directory);
    const numWorkers = Math.min(options.numWorkers ?? defaultNumWorkers(engine), remaining.length);
    reporter?.onStart?.({
      ...{ directory, numWorkers, trials: plan.trials, remaining },
      numFinished: plan.trials.length - remaining.length,
    });
    for (let i = 0; i < numWorkers; i++) {
      const setup = { ...shared, engine: engine.name, device: engine.device };
      workers.push(startTrialWorker(setup, isolationOf(engine.name), interruption.signal));
    }
    const counts = { finished: plan.trials.length - remaining.length, failed: 0 };
    const pending = longestFirst(remaining.map(({ trial }) => trial));
    const begunCohorts = new Set<string>();
    const provenance = await environment(engine.environment);
    if (signal?.aborted) request();
    signal?.addEventListener('abort', request, { once: true });
    const surroundings = { directory, provenance, reporter, interruption };
    const outcomes = await Promise.allSettled(
      workers.map(async (worker) => {
        let lastCohort: string | undefined;
        while (!interruption.signal.aborted) {
          const [trial] = pending.splice(nextTrial(pending, lastCohort, begunCohorts), 1);
          if (trial === undefined) return;
          lastCohort = trial.cohort;
          begunCohorts.add(trial.cohort);
          counts[await runTrial(trial, worker, surroundings)]++;
        }
      }),
    );
    throwFailure(outcomes);
    const numLeft = plan.trials.length - counts.finished - counts.failed;
    const state = numLeft > 0 ? 'interrupted' : 'complete';
    return { state, numFinished: counts.finished, numFailed: counts.failed, numLeft };
  } finally {
    signal?.removeEventListener('abort', request);
    await Promise.all(workers.map((worker) => worker.terminate()));
    store.close();
  }
}

interface Surroundings {
  readonly directory: string;
  readonly provenance: TrialHeader['environment'];
  readonly reporter: Reporter | undefined;
  readonly interruption: AbortController;
}

/** Runs a trial on `worker` and stores its records as they come. Throws `Interrupted`, and what stops the run. */
async function runTrial(
  trial: Trial,
  worker: TrialWorker,
  { directory, provenance, reporter, interruption }: Surroundings,
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
      try {
        writer.append(record);
      } catch (error) {
        interruption.abort(); // for this worker, which would go on computing
        throw error;
      }
      reporter?.onRound?.({ trial, record });
    };
    const footer = await worker.run({ trial, storedRounds: writer.rounds }, onRound);
    writer.append(footer);
    reporter?.onTrialEnd?.({ trial, footer });
    return footer.status;
  } catch (error) {
    interruption.abort(); // for the other workers: whatever ends one ends the run
    throw error;
  } finally {
    writer.close();
  }
}

/** Of all that ended a worker, what ended the run; the other workers were only interrupted. */
function throwFailure(outcomes: readonly PromiseSettledResult<void>[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected' && !(outcome.reason instanceof Interrupted)) throw outcome.reason;
  }
}

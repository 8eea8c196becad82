/** Runs what is missing of a plan: opens the store, packs the trials, lets workers loose on them, stores what comes. */
import { setMaxListeners } from 'node:events';
import { createEngine, isolationOf } from '../engines/index.ts';
import { plannedTrial } from '../store/experimentFile.ts';
import { checkOwnership, openStore } from '../store/openStore.ts';
import type { TrialFooter } from '../store/record.ts';
import { defaultNumWorkers } from './defaultNumWorkers.ts';
import { environment } from './environment.ts';
import { Interrupted } from './interruption.ts';
import { packTrials } from './packs.ts';
import type { ExperimentPlan } from './plan.ts';
import type { Reporter } from './reporter.ts';
import { longestFirst } from './schedule.ts';
import { shareDatasets } from './shareDatasets.ts';
import { startTrialWorker } from './trialWorker.ts';
import { unfinishedTrials } from './unfinishedTrials.ts';
import { workThrough } from './workThrough.ts';

export interface RunOptions {
  /** Created where it does not exist; results of this very experiment in it are continued. */
  readonly directory: string;
  /**
   * Threads or, where the engine needs them, processes; one pack of trials at a time each. Default: one per core, or one
   * in all where they would share a GPU.
   */
  readonly numWorkers?: number;
  /** Trials that a worker runs side by side, as replicas of one program. Default: what suits the device and its memory. */
  readonly packSize?: number;
  /** Writes each trial's final model to `models/<trial id>.onnx`; of trials that have finished before there is none. */
  readonly saveModels?: boolean;
  /**
   * Has every worker time a fixed piece of work beside its trials, so that their speed can be judged on another day
   * or machine. For trials run from their beginning; changes no result.
   */
  readonly calibrate?: boolean;
  /** Kept with the results, for reports to say how to make them again. */
  readonly command?: string;
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

/** Throws `UserError` for whatever stands in the way: data, directory, disk, device. */
export async function runExperiment(plan: ExperimentPlan, options: RunOptions): Promise<RunOutcome> {
  const { directory, reporter, signal } = options;
  const engine = await createEngine(plan.engine, plan.device);
  // Data come before the first byte is written: a run that cannot begin leaves nothing behind.
  checkOwnership(directory, plan.name);
  const unfinished = unfinishedTrials(plan, directory).map(({ trial }) => trial);
  const shared = await shareDatasets(unfinished);
  const store = openStore(directory, {
    ...{ name: plan.name, spec: plan.spec, trials: plan.trials.map(plannedTrial) },
    ...(options.command !== undefined && { command: options.command }),
  });
  const interruption = new AbortController();
  setMaxListeners(0, interruption.signal); // one per worker
  const interrupt = (): void => interruption.abort();
  try {
    // Another process may have worked here until it was locked; what was finished before stays so, and is not read again.
    const remaining = unfinishedTrials({ trials: unfinished }, directory);
    const pending = packTrials(longestFirst(remaining.map(({ trial }) => trial)), {
      packing: engine.packing,
      infoOf: (dataset) => infoOf(shared, dataset),
      numWorkers: options.numWorkers ?? defaultNumWorkers(engine),
      packSize: options.packSize,
    });
    const numWorkers = Math.min(options.numWorkers ?? defaultNumWorkers(engine), pending.length);
    reporter?.onStart?.({
      ...{ directory, numWorkers, trials: plan.trials, remaining },
      packSize: Math.max(0, ...pending.map((pack) => pack.length)),
      numFinished: plan.trials.length - remaining.length,
    });
    const counts = { finished: plan.trials.length - remaining.length, failed: 0 };
    if (signal?.aborted) interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    const provenance = await environment(engine.environment);
    const queue = {
      ...{ directory, reporter, interrupt, pending },
      begunCohorts: new Set<string>(),
      ranOn: new Map<string, string>(),
      isInterrupted: () => interruption.signal.aborted,
      startWorker: (device: string) =>
        startTrialWorker(
          {
            ...{ ...shared, engine: engine.name, device },
            ...{ saveModels: options.saveModels ?? false, calibrate: options.calibrate ?? false },
          },
          isolationOf(engine.name),
          interruption.signal,
        ),
      device: { name: engine.device, provenance },
      ...(plan.device === 'auto' && engine.device !== 'cpu' && { fallback: cpuInstead }),
      onEnd: (status: TrialFooter['status']) => void counts[status]++,
    };
    const outcomes = await Promise.allSettled(Array.from({ length: numWorkers }, () => workThrough(queue)));
    throwFailure(outcomes);
    const numLeft = plan.trials.length - counts.finished - counts.failed;
    const state = numLeft > 0 ? 'interrupted' : 'complete';
    return { state, numFinished: counts.finished, numFailed: counts.failed, numLeft };
  } finally {
    signal?.removeEventListener('abort', interrupt);
    store.close();
  }

  async function cpuInstead(failure: Error) {
    const cpu = await createEngine(plan.engine, 'cpu');
    return {
      name: 'cpu',
      provenance: { ...(await environment(cpu.environment)), fallback: failure.message },
    };
  }
}

function infoOf({ datasets }: Awaited<ReturnType<typeof shareDatasets>>, key: string) {
  const found = datasets.find((each) => each.key === key);
  if (found === undefined) throw new Error(`Data set "${key}" was not loaded.`);
  return found.info;
}

/** Of all that ended a worker, what ended the run; the other workers were only interrupted. */
function throwFailure(outcomes: readonly PromiseSettledResult<void>[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected' && !(outcome.reason instanceof Interrupted)) throw outcome.reason;
  }
}

/** A worker: runs one pack of trials after another on an engine of its own, and keeps what the next may share. */
import { parentPort, workerData } from 'node:worker_threads';
import { DeviceFailed } from '../engines/deviceFailed.ts';
import { createEngine } from '../engines/index.ts';
import { UserError } from '../foundation/userError.ts';
import { type FittedModel, TrainingDiverged } from '../learner/fit.ts';
import { BadPick } from '../strategies/pickProblem.ts';
import { createCalibration } from './calibration.ts';
import type { Acquisition } from './chooser.ts';
import { createCohortSource } from './cohortSource.ts';
import { exportTrial } from './exportTrial.ts';
import { Interrupted } from './interruption.ts';
import { processPort } from './processTransport.ts';
import { threadPort } from './threadTransport.ts';
import { trialLoop } from './trialLoop.ts';
import type { PackTask, TrialTask, WorkerReply } from './workerMessages.ts';

/** What ends a trial and not the run. */
const ofTheExperiment = [TrainingDiverged, BadPick, UserError];

const port = parentPort === null ? await processPort() : threadPort(parentPort, workerData);
const engine = createEngine(port.setup.engine, port.setup.device);
const cohorts = engine.then((ready) => createCohortSource(ready, port.setup));
const calibration = port.setup.calibrate ? engine.then((ready) => createCalibration(ready)) : undefined;

port.onTask((task) => {
  runPack(task).then(
    () => port.reply({ kind: 'packEnd' }),
    (error: unknown) => port.reply(replyTo(error)),
  );
});

function replyTo(error: unknown): WorkerReply {
  if (error instanceof Interrupted) return { kind: 'interrupted' };
  if (error instanceof DeviceFailed) {
    const { device, kind: failure, message } = error;
    return { kind: 'deviceFailed', device, failure, message };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'crash', message, stack: stack ?? message };
}

/** Throws what no trial should survive, once none of them computes any more. */
async function runPack({ trials }: PackTask): Promise<void> {
  const calibrationSeconds = await (await calibration)?.seconds();
  const start = performance.now();
  const places = await (await cohorts).placesFor(trials.map(({ trial }) => trial));
  let failure: { readonly error: unknown } | undefined;
  /** A trial's part of the pack's time. */
  const seconds = (): number => (performance.now() - start) / 1000 / trials.length;
  const checkInterruption = (): void => {
    port.checkInterruption();
    // What one trial did not survive ends the others too.
    if (failure !== undefined) throw new Interrupted('Another trial of the pack failed.');
  };
  await Promise.all(
    trials.map(async (task, i) => {
      const place = places[i];
      if (place === undefined) throw new Error('A trial was given no place.');
      try {
        const { queryCohort } = place;
        const acquisition = queryCohort && { cohort: queryCohort, queries: task.acquired };
        await runTrial(task, await place.cohort(), {
          ...{ checkInterruption, seconds, acquisition, calibrationSeconds },
        });
      } catch (error) {
        failure ??= { error };
      } finally {
        place.leave();
      }
    }),
  );
  if (failure !== undefined) throw failure.error;
}

interface TrialSurroundings {
  readonly checkInterruption: () => void;
  readonly seconds: () => number;
  readonly acquisition: Acquisition | undefined;
  readonly calibrationSeconds: number | undefined;
}

async function runTrial(
  { trial, storedRounds }: TrialTask,
  cohort: Parameters<typeof trialLoop>[1],
  { checkInterruption, seconds, acquisition, calibrationSeconds }: TrialSurroundings,
): Promise<void> {
  const { id } = trial;
  let numRounds = storedRounds.length;
  // Rounds of an earlier process were as fast as that was.
  const isMeasured = calibrationSeconds !== undefined && numRounds === 0;
  const end = (outcome: { status: 'finished' } | { status: 'failed'; reason: string }): void =>
    port.reply({
      ...{ kind: 'end', id },
      footer: {
        ...{ kind: 'footer', ...outcome, numRounds, seconds: seconds() },
        ...(isMeasured && { calibrationSeconds }),
      },
    });
  const sendModel = async (members: readonly FittedModel[]): Promise<void> => {
    port.reply({ kind: 'model', id, bytes: await exportTrial(trial, cohort.dataset.info, members) });
  };
  try {
    for await (const record of trialLoop(trial, cohort, {
      ...{ storedRounds, checkInterruption, acquisition },
      ...(port.setup.saveModels && { onLastFit: sendModel }),
    })) {
      numRounds++;
      port.reply({ kind: 'round', id, record });
    }
    end({ status: 'finished' });
  } catch (error) {
    // What the experiment brought about is a result and stays visible; what is our fault stops the run.
    if (!ofTheExperiment.some((kind) => error instanceof kind)) throw error;
    end({ status: 'failed', reason: `Round ${numRounds}: ${(error as Error).message}` });
  }
}

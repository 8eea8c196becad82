/** How far a followed run is: trials by state, rounds and work done, and what its report is worth. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { roundWork } from '../experiment/roundWork.ts';
import type { TrialExtent } from '../store/experimentFile.ts';
import type { RunFollower } from './followRun.ts';
import type { FollowedTrial } from './followTrial.ts';
import type { ReportState, RunState, TrialCounts } from './messages.ts';

export interface RunProgress {
  readonly state: RunState;
  readonly counts: TrialCounts;
  readonly numRounds: number;
  readonly workDone: number;
  readonly workPlanned: number;
}

/** A file system may tell times in steps of this. */
const SLACK_MILLISECONDS = 2000;

/** Trials that somebody is working on: begun, and written to since the one who writes has come. */
export function isRunningIn({ lockedSince }: Pick<RunFollower, 'lockedSince'>) {
  return ({ status, changedAt }: FollowedTrial): boolean =>
    lockedSince !== undefined && status === 'begun' && changedAt >= lockedSince - SLACK_MILLISECONDS;
}

export function runProgress(run: RunFollower): RunProgress {
  const isRunning = isRunningIn(run);
  const trainings = new Map<string, number>();
  for (const trial of run.trials) {
    if (trial.trainings > 1) trainings.set(trial.labels.strategy, trial.trainings);
  }
  const counts = { planned: run.trials.length, finished: 0, failed: 0, running: 0, paused: 0, waiting: 0 };
  let [numRounds, workDone, workPlanned] = [0, 0, 0];
  for (const trial of run.trials) {
    const isOver = trial.status === 'finished' || trial.status === 'failed' || trial.status === 'broken';
    if (trial.status === 'finished') counts.finished++;
    else if (isOver) counts.failed++;
    else if (trial.status === 'waiting') counts.waiting++;
    else counts[isRunning(trial) ? 'running' : 'paused']++;
    numRounds += trial.accuracies.length;
    const work = workByRound(trial.extent);
    const factor = trainings.get(trial.labels.strategy) ?? 1;
    const all = work.at(-1) ?? 0;
    workPlanned += factor * all;
    workDone += factor * (isOver ? all : (work[Math.min(trial.accuracies.length, work.length - 1)] ?? 0));
  }
  return { state: stateOf(run, counts), counts, numRounds, workDone, workPlanned };
}

function stateOf({ experiment, lockedSince }: RunFollower, counts: TrialCounts): RunState {
  if (experiment === undefined) return 'preparing';
  if (lockedSince !== undefined) return 'running';
  return counts.finished + counts.failed === counts.planned ? 'complete' : 'stopped';
}

export function plannedRounds(extent: TrialExtent | undefined): number {
  return workByRound(extent).length - 1;
}

/** Thousands of trials share a few extents. */
const cumulated = new Map<string, readonly number[]>();

/** Work done after so many rounds, from 0 rounds on. */
function workByRound(extent: TrialExtent | undefined): readonly number[] {
  if (extent === undefined) return [0];
  const key = `${extent.initialPoolSize} ${extent.queryBatchSize} ${extent.budget}`;
  let known = cumulated.get(key);
  if (known === undefined) {
    let sum = 0;
    known = [0, ...roundWork(extent, 1).map((work) => (sum += work))];
    cumulated.set(key, known);
  }
  return known;
}

/** Whether there is a report, and whether trials have ended since it was written. */
export function reportState(run: RunFollower): Exclude<ReportState, 'being-made'> {
  const ended = run.trials.filter(({ status }) => status === 'finished');
  const written = statSync(join(run.directory, 'report.html'), { throwIfNoEntry: false });
  if (written?.isFile()) {
    return ended.some(({ changedAt }) => changedAt > written.mtimeMs) ? 'old' : 'current';
  }
  return ended.length === 0 ? 'none' : 'missing';
}

/**
 * Follows a results directory that some process may be writing to, by its files alone, so that it is all the same whose run it
 * is. A look costs what has changed: the files of trials that have ended are not touched again, and the first look at
 * thousands of them is spread over as many turns as it takes.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { lockedSince } from '../store/directoryLock.ts';
import { type Experiment, readExperiment } from '../store/experimentFile.ts';
import { systemErrorCode } from '../store/fileErrors.ts';
import { type FollowedTrial, followTrial, type LiveOver } from './followTrial.ts';

export interface RunFollower {
  readonly directory: string;
  /** Undefined before there is an experiment. */
  readonly experiment: Experiment | undefined;
  /** As planned. */
  readonly trials: readonly FollowedTrial[];
  readonly over: LiveOver;
  /** Since when some process has been writing, in milliseconds since 1970; undefined: none is. */
  readonly lockedSince: number | undefined;
  /** Share of the files that the current look has been at; 1: caught up. */
  readonly readFraction: number;
  /** What keeps the directory from being read: whole sentences. */
  readonly problem: string | undefined;
  /** Goes through what has changed, for about that many milliseconds. Returns the trials with news. */
  look(milliseconds: number): readonly FollowedTrial[];
}

/** File systems tell times in steps: a folder that changed this recently may change again without showing it. */
const CLOCK_STEP_MILLISECONDS = 1500;

export function followRun(directory: string): RunFollower {
  const byId = new Map<string, FollowedTrial>();
  let experimentStamp = '';
  let listed = { at: 0, changedAt: -1 };
  let present = new Set<string>();
  let queue: FollowedTrial[] = [];
  let numQueued = 0;
  const run = {
    directory,
    experiment: undefined as Experiment | undefined,
    trials: [] as readonly FollowedTrial[],
    over: 'labels' as LiveOver,
    lockedSince: undefined as number | undefined,
    problem: undefined as string | undefined,
    get readFraction(): number {
      return numQueued === 0 ? 1 : 1 - queue.length / numQueued;
    },
    look(milliseconds: number): readonly FollowedTrial[] {
      const news: FollowedTrial[] = [];
      try {
        run.problem = undefined;
        // The lock goes first: what is seen free now has nothing more to come after the look that follows.
        run.lockedSince = lockedSince(directory);
        readPlan();
        if (queue.length === 0) fillQueue();
        const start = performance.now();
        do {
          const trial = queue.pop();
          if (trial?.look()) news.push(trial);
        } while (queue.length > 0 && performance.now() - start < milliseconds);
        if (queue.length === 0) numQueued = 0;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        run.problem = error.message;
      }
      return news;
    },
  };

  function readPlan(): void {
    const stamp = stampOf(join(directory, 'experiment.json'));
    if (stamp === experimentStamp) return;
    const experiment = readExperiment(directory);
    const spec = experiment?.spec as { readonly length?: { readonly cost?: number } } | undefined;
    const over = spec?.length?.cost === undefined ? 'labels' : 'cost';
    if (over !== run.over || experiment === undefined) byId.clear();
    run.over = over;
    run.experiment = experiment;
    run.trials = (experiment?.trials ?? []).map((planned) => {
      const known = byId.get(planned.id);
      return known?.labels.strategy === planned.labels.strategy
        ? known
        : followTrial(directory, planned, over);
    });
    byId.clear();
    for (const trial of run.trials) byId.set(trial.id, trial);
    experimentStamp = stamp;
    listed = { at: 0, changedAt: -1 };
    [queue, numQueued] = [[], 0];
  }

  /** Trials whose files have appeared, or may still grow. */
  function fillQueue(): void {
    listPresent();
    queue = run.trials.filter(
      ({ id, status }) => status !== 'finished' && (status !== 'waiting' || present.has(id)),
    );
    numQueued = queue.length;
  }

  function listPresent(): void {
    const folder = join(directory, 'trials');
    const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (changedAt === listed.changedAt && listed.at - changedAt > CLOCK_STEP_MILLISECONDS) return;
    listed = { at: Date.now(), changedAt };
    const names = changedAt < 0 ? [] : readdirSync(folder);
    present = new Set(names.map((name) => name.replace(/\.jsonl$/, '')));
  }

  return run;
}

/** Empty where there is no such file. */
function stampOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return '';
    throw error;
  }
}

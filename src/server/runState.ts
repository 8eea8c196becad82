/** What a page is told of a run: everything at first, then what has changed. */
import { metricTitles, naturalOrder, spendings } from '../analysis/index.ts';
import { duration } from '../foundation/duration.ts';
import { strategyStyles } from '../render/index.ts';
import { followRun, type RunFollower } from './followRun.ts';
import type { FollowedTrial } from './followTrial.ts';
import { type CellOfTrials, type CellsOfRun, liveCell, sortIntoCells } from './liveCells.ts';
import type { LiveTrial, RunSnapshot, RunStatus, RunUpdate, StrategyLook } from './messages.ts';
import { createPace } from './pace.ts';
import { isRunningIn, plannedRounds, type RunProgress, reportState, runProgress } from './runProgress.ts';

/** What those who own the run know and its files do not say. */
export interface RunControl {
  readonly canStop: boolean;
  readonly isStopping: boolean;
  readonly isMakingReport: boolean;
}

export interface RunStateSource {
  readonly isCaughtUp: boolean;
  readonly isRunning: boolean;
  /** For about that many milliseconds. */
  look(milliseconds: number): void;
  snapshot(control: RunControl): RunSnapshot;
  /** Since the last update; a snapshot where the plan has changed. */
  update(control: RunControl): RunSnapshot | RunUpdate;
}

const MOST_FAILED_SHOWN = 100;

export function runState(directory: string): RunStateSource {
  const run = followRun(directory);
  const pace = createPace();
  let sorted: CellsOfRun = sortIntoCells([]);
  let shape = '';
  let told = '';
  let dirty = new Set<CellOfTrials>();
  let progress: RunProgress = runProgress(run);

  return {
    get isCaughtUp() {
      return run.readFraction === 1;
    },
    get isRunning() {
      return run.lockedSince !== undefined;
    },
    look(milliseconds) {
      const news = run.look(milliseconds);
      const now = shapeOf(run);
      if (now !== shape) {
        sorted = sortIntoCells(run.trials);
        shape = now;
      }
      for (const trial of news) {
        const cell = sorted.cellOf.get(trial);
        if (cell !== undefined) dirty.add(cell);
      }
      progress = runProgress(run);
      // Reading what was there before is no progress.
      if (run.lockedSince === undefined) pace.reset();
      else if (run.readFraction === 1) {
        pace.observe(Date.now(), { rounds: progress.numRounds, work: progress.workDone });
      }
    },
    snapshot,
    update(control) {
      const changed = dirty;
      dirty = new Set();
      if (told !== shape) {
        told = shape;
        return snapshot(control);
      }
      return { kind: 'update', cells: cellsOf(changed), ...common(control) };
    },
  };

  function snapshot(control: RunControl): RunSnapshot {
    return {
      kind: 'snapshot',
      xTitle: run.over === 'cost' ? spendings.cost.title : 'labels',
      yTitle: metricTitles.accuracy.title,
      groups: sorted.groups,
      styles: looks(run.trials),
      cells: cellsOf(sorted.cells),
      ...common(control),
    };
  }

  function cellsOf(cells: Iterable<CellOfTrials>) {
    return [...cells].map((cell) => liveCell(cell, isRunningIn(run)));
  }

  function common(control: RunControl) {
    const isRunning = isRunningIn(run);
    const running = run.trials.filter(isRunning);
    const failed = run.trials.filter(({ status }) => status === 'failed' || status === 'broken');
    return {
      status: statusOf(control),
      running: running.map(liveTrial),
      failed: failed.slice(0, MOST_FAILED_SHOWN).map(liveTrial),
    };
  }

  function statusOf({ canStop, isStopping, isMakingReport }: RunControl): RunStatus {
    const { state, counts, numRounds, workDone, workPlanned } = progress;
    const estimate = pace.estimate(workPlanned - workDone);
    return {
      ...{ name: run.experiment?.name ?? '', state, counts, numRounds, ...estimate },
      ...(estimate && { timeLeft: duration(estimate.secondsLeft) }),
      fraction: workPlanned === 0 ? 0 : workDone / workPlanned,
      ...(run.lockedSince !== undefined && { since: run.lockedSince }),
      readFraction: run.readFraction,
      report: isMakingReport ? 'being-made' : reportState(run),
      canStop: canStop && state === 'running',
      isStopping,
      ...(run.problem !== undefined && { problem: run.problem }),
      ...(run.experiment?.command !== undefined && { command: run.experiment.command }),
    };
  }

  function liveTrial(trial: FollowedTrial): LiveTrial {
    const accuracy = trial.accuracies.at(-1);
    return {
      id: trial.id,
      group: sorted.cellOf.get(trial)?.group ?? '',
      strategy: trial.labels.strategy,
      seed: trial.extent?.seed ?? 0,
      numRounds: trial.accuracies.length,
      plannedRounds: plannedRounds(trial.extent),
      ...(accuracy !== undefined && { accuracy }),
      ...(trial.reason !== undefined && { reason: trial.reason }),
    };
  }
}

/** Changes where groups, cells or styles do, and where a writer comes or goes, by which trials run or do not. */
function shapeOf({ experiment, trials, over, lockedSince }: RunFollower): string {
  const known = trials.reduce((sum, { extent }) => sum + Number(extent !== undefined), 0);
  const bounds = new Set(trials.filter(({ isBound }) => isBound).map(({ labels }) => labels.strategy));
  const plan = [experiment?.name, trials.length, trials[0]?.id, over, known];
  return JSON.stringify([...plan, [...bounds].sort(), lockedSince ?? null]);
}

/** The colours of the report, in natural order of names. */
function looks(trials: readonly FollowedTrial[]): Readonly<Record<string, StrategyLook>> {
  const names = new Set(trials.map(({ labels }) => labels.strategy));
  const bounds = new Set(trials.filter(({ isBound }) => isBound).map(({ labels }) => labels.strategy));
  const styles = strategyStyles(names, bounds);
  return Object.fromEntries(
    [...styles]
      .sort(([a], [b]) => naturalOrder(a, b))
      .map(([name, { color, darkColor, dash }]) => [name, { color, darkColor, dash }]),
  );
}

/** What the live page needs of one trial, kept up to date from its file: two numbers a round and how it stands. */
import type { Over, spendings } from '../analysis/index.ts';
import { trainingsPerRound } from '../experiment/trainingsPerRound.ts';
import { extentOf, type PlannedTrial, type TrialExtent } from '../store/experimentFile.ts';
import { trialPath } from '../store/openTrial.ts';
import type { TrialLine } from '../store/record.ts';
import { tailTrial } from '../store/tailTrial.ts';

type TrialStatus = 'waiting' | 'begun' | 'finished' | 'failed' | 'broken';

export interface FollowedTrial {
  readonly id: string;
  readonly labels: PlannedTrial['labels'];
  readonly isBound: boolean;
  /** Unknown of a trial that has not begun, where an old version planned it. */
  readonly extent: TrialExtent | undefined;
  /** Of each round; 1 until a record says more. */
  readonly trainings: number;
  readonly status: TrialStatus;
  /** Why it failed, or why its file cannot be read on. */
  readonly reason: string | undefined;
  /** By round: what had been spent, and the test accuracy. */
  readonly spent: readonly number[];
  readonly accuracies: readonly number[];
  /** When its file was last written to, in milliseconds since 1970; 0 before. */
  readonly changedAt: number;
  /** Reads what is new; true where something was. Throws what `TrialTail.look` throws. */
  look(): boolean;
}

/** Curves are drawn over labels, or over cost where the budget is one. */
export type LiveOver = Extract<Over, keyof typeof spendings & ('labels' | 'cost')>;

export function followTrial(directory: string, planned: PlannedTrial, over: LiveOver): FollowedTrial {
  const tail = tailTrial(trialPath(directory, planned.id));
  const trial = {
    ...{ id: planned.id, labels: planned.labels, extent: planned.extent },
    isBound: planned.isBound === true,
    trainings: 1,
    status: 'waiting' as TrialStatus,
    reason: undefined as string | undefined,
    spent: [] as number[],
    accuracies: [] as number[],
    changedAt: 0,
    look(): boolean {
      const news = tail.look();
      if (news === undefined) return false;
      trial.changedAt = news.changedAt;
      if (news.restarted) restart();
      for (const line of news.lines) apply(line);
      if (news.broken !== undefined) [trial.status, trial.reason] = ['broken', news.broken];
      return true;
    },
  };

  function restart(): void {
    [trial.status, trial.reason, trial.spent, trial.accuracies] = ['waiting', undefined, [], []];
  }

  function apply(line: TrialLine): void {
    if (line.kind === 'header') {
      const { identity, isBound } = line.trial;
      trial.status = 'begun';
      trial.extent = extentOf(identity);
      trial.isBound = isBound === true;
      trial.trainings = trainingsPerRound(identity);
    } else if (line.kind === 'round') {
      trial.spent.push(over === 'cost' ? (line.totalCost ?? line.numLabels) : line.numLabels);
      trial.accuracies.push(line.metrics.accuracy);
    } else [trial.status, trial.reason] = [line.status, line.reason];
  }

  return trial;
}

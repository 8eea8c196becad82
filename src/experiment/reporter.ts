/** What a run tells those who listen. The core never prints. */
import type { RoundRecord, Trial, TrialFooter } from '../store/record.ts';
import type { UnfinishedTrial } from './unfinishedTrials.ts';

export interface RunStart {
  readonly directory: string;
  readonly trials: readonly Trial[];
  /** Trials finished by earlier runs. */
  readonly numFinished: number;
  readonly numWorkers: number;
  /** Trials that a worker runs side by side, at most. */
  readonly packSize: number;
  /** What is left to do, by trial, the rounds already stored aside. */
  readonly remaining: readonly UnfinishedTrial[];
}

/** Every hook is optional. */
export interface Reporter {
  onStart?(event: RunStart): void;
  onRound?(event: { readonly trial: Trial; readonly record: RoundRecord }): void;
  onTrialEnd?(event: { readonly trial: Trial; readonly footer: TrialFooter }): void;
  /** A whole sentence. */
  onWarning?(message: string): void;
}

/** What the main thread and its workers say to each other. Plain data: it crosses threads and processes by structured clone. */
import type { Dataset, IndexMasks } from '../datasets/index.ts';
import type { DeviceFailureKind } from '../engines/deviceFailed.ts';
import type { RoundRecord, Trial, TrialFooter } from '../store/record.ts';

/** Given to a worker when it starts. */
export interface WorkerSetup {
  readonly engine: string;
  readonly device: string;
  readonly datasets: readonly SharedDataset[];
  /** By the SHA-256 of the mask file. */
  readonly masks: ReadonlyMap<string, IndexMasks>;
  /** Whether to send each trial's final model. Left out: no. */
  readonly saveModels?: boolean;
  /** Whether to time a fixed piece of work beside the trials, see `createCalibration`. Left out: no. */
  readonly calibrate?: boolean;
}

/**
 * Loaded once by the main thread. A thread is given views of shared memory and copies them, because engines refuse such
 * views; a process is sent values of its own.
 */
export interface SharedDataset extends Dataset {
  /** What `datasetKey` says of a trial's configuration. */
  readonly key: string;
}

/** A pack: trials to be run side by side, as replicas of one program where there are several. */
export interface PackTask {
  readonly trials: readonly TrialTask[];
}

export interface TrialTask {
  readonly trial: Trial;
  readonly storedRounds: readonly RoundRecord[];
  /** What the trial asked for that has this one's query model as its own, by round; where it is finished and stored. */
  readonly acquired?: readonly (readonly number[])[];
}

/** `id` is a trial's. After `packEnd`, `interrupted`, `deviceFailed` or `crash` the worker computes nothing any more. */
export type WorkerReply =
  | { readonly kind: 'round'; readonly id: string; readonly record: RoundRecord }
  /** Comes before the last round. */
  | { readonly kind: 'model'; readonly id: string; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly id: string; readonly footer: TrialFooter }
  | { readonly kind: 'packEnd' }
  | { readonly kind: 'interrupted' }
  | {
      readonly kind: 'deviceFailed';
      readonly device: string;
      readonly failure: DeviceFailureKind;
      readonly message: string;
    }
  /** Something that no trial should survive; the message is the whole error as text. */
  | { readonly kind: 'crash'; readonly message: string; readonly stack: string };

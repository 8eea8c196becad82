/** What the main thread and its workers say to each other. Plain data: it crosses threads and processes by structured clone. */
import type { DatasetInfo, IndexMasks } from '../datasets/index.ts';
import type { RoundRecord, Trial, TrialFooter } from '../store/record.ts';

/** Given to a worker when it starts. */
export interface WorkerSetup {
  readonly engine: string;
  readonly device: string;
  readonly datasets: readonly SharedDataset[];
  /** By the SHA-256 of the mask file. */
  readonly masks: ReadonlyMap<string, IndexMasks>;
}

/**
 * Loaded once by the main thread. A thread copies the shared bytes, because engines refuse views of shared memory; a
 * process is sent bytes of its own.
 */
export interface SharedDataset {
  readonly info: DatasetInfo;
  readonly features: SharedArrayBuffer | Uint8Array;
  readonly labels: SharedArrayBuffer | Uint8Array;
}

export interface TrialTask {
  readonly trial: Trial;
  readonly storedRounds: readonly RoundRecord[];
}

export type WorkerReply =
  | { readonly kind: 'round'; readonly record: RoundRecord }
  | { readonly kind: 'end'; readonly footer: TrialFooter }
  | { readonly kind: 'interrupted' }
  /** Something that no trial should survive; the message is the whole error as text. */
  | { readonly kind: 'crash'; readonly message: string; readonly stack: string };

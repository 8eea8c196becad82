/** What a query and the thread that a user's strategy runs in say to each other: plain data, by structured clone. */
import type { Embeddings } from '../../learner/learner.ts';
import type { Prediction } from '../../learner/prediction.ts';
import type { SampleChunk } from '../../learner/samples.ts';
import type { ModuleReference } from '../strategyConfig.ts';

/** What the thread starts with. */
export interface ModuleTask {
  readonly module: ModuleReference;
  readonly options: Readonly<Record<string, unknown>>;
  readonly batchSize: number;
  /** What the strategy's stream is derived from. */
  readonly seed: readonly number[];
  readonly poolRows: Int32Array;
  readonly labelled: { readonly rows: Int32Array; readonly answers: Int32Array };
  readonly numClasses: number;
  readonly classNames: readonly string[];
}

/** What is computed only where it is asked for. `samples` asks for the next chunk of one of the iterations begun. */
export type Question =
  | { readonly what: 'predictions' | 'embeddings' | 'labelledEmbeddings' }
  | { readonly what: 'samples'; readonly iteration: number };

/** Undefined at the end of an iteration over samples. */
export type Answer = Prediction | Embeddings | SampleChunk | undefined;

export type ThreadMessage =
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  | { readonly kind: 'pick'; readonly rows: readonly number[] }
  /** `message` is what the module threw, as text; `code` where it is a `UserError` of ours. */
  | { readonly kind: 'failure'; readonly message: string; readonly code?: string };

export interface AnswerMessage {
  readonly id: number;
  readonly answer: Answer;
}

/** What a learner is asked to fit, and what comes of it. */
import type { DeviceTensor } from '../engines/engine.ts';
import type { FitStreams } from './fitStreams.ts';

export interface FitRequest {
  /** Labelled rows, in the order they were labelled. */
  readonly rows: Int32Array;
  /** [numSamples] over all rows of the data set; read at `rows` only. */
  readonly labels: Int32Array;
  /** For the stop rule that looks at it; may be empty otherwise. */
  readonly validation: { readonly rows: Int32Array; readonly labels: ArrayLike<number> };
  readonly streams: FitStreams;
  /** Go on from these weights (warm start) instead of drawing new ones. */
  readonly startFrom?: FittedModel;
  /** Looked at every second or so of training; throws to end it. */
  readonly checkInterruption?: () => void;
}

/** Trained weights. Nothing ever writes into them, so a model stays what it was however many are fitted after it. */
export interface FittedModel {
  /** Each [numReplicas, …shape]: the networks that were trained together. */
  readonly parameters: readonly DeviceTensor[];
  /** Which of them this one is. */
  readonly replica: number;
  readonly training: TrainingResult;
}

export interface TrainingResult {
  readonly epochs: number;
  readonly steps: number;
  /** Mean over the last epoch's rows of the loss each minibatch had before its update. */
  readonly finalLoss: number;
}

/** The loss became NaN or infinite: a result of the experiment, not a fault of the program. */
export class TrainingDiverged extends Error {
  override readonly name = 'TrainingDiverged';
}

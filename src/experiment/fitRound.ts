/** One round's training and what follows from it: the test metrics, and predictions for the pool when asked for. */

import type { Dataset, Split } from '../datasets/index.ts';
import { evaluate } from '../learner/evaluate.ts';
import type { FittedModel } from '../learner/fit.ts';
import type { Learner } from '../learner/learner.ts';
import type { Prediction } from '../learner/prediction.ts';
import { TrainingDiverged } from '../learner/train.ts';
import type { Metrics, TrialIdentity } from '../store/record.ts';
import type { LabelledSet } from './labelledSet.ts';
import { trainingStreams } from './trialStreams.ts';

export interface FittedRound {
  readonly model: FittedModel;
  readonly metrics: Metrics;
  readonly seconds: { readonly fit: number; readonly evaluate: number };
  /** Predictions for the unlabelled rows (ascending) and the seconds they took; computed once. */
  poolPredictions(): Promise<{ readonly prediction: Prediction; readonly seconds: number }>;
}

/** What a cohort's rounds have in common. */
export interface RoundSetting {
  readonly dataset: Dataset;
  readonly learner: Learner;
  readonly split: Split;
}

export interface RoundRequest {
  readonly labelled: LabelledSet;
  readonly round: number;
  /** The previous round's model, for a warm start. */
  readonly startFrom?: FittedModel;
  readonly checkInterruption: () => void;
}

/** Trains on the labelled rows and measures on the split's test rows. Throws `TrainingDiverged`. */
export async function fitRound(
  { learner, dataset, split }: RoundSetting,
  identity: TrialIdentity,
  { labelled, round, startFrom, checkInterruption }: RoundRequest,
): Promise<FittedRound> {
  const truth = (rows: Int32Array): Int32Array => rows.map((row) => dataset.labels[row] as number);
  const fitted = await timed(() =>
    learner.fit({
      rows: labelled.rows,
      labels: labelled.labels,
      validation: { rows: split.validation, labels: truth(split.validation) },
      streams: trainingStreams(identity, round),
      ...(startFrom && { startFrom }),
      checkInterruption,
    }),
  );
  const model = fitted.value;
  const evaluated = await timed(async () =>
    evaluate(await learner.predict(model, split.test), truth(split.test)),
  );
  // The last step's update may ruin weights whose loss nobody computes any more.
  if (!Number.isFinite(evaluated.value.nll)) {
    const { steps } = model.training;
    throw new TrainingDiverged(
      `The test loss is ${evaluated.value.nll} after step ${steps - 1}: lower the learning rate or clip the data.`,
    );
  }
  const poolRows = labelled.unlabelled();
  let predictions: ReturnType<FittedRound['poolPredictions']> | undefined;
  return {
    model,
    metrics: evaluated.value,
    seconds: { fit: fitted.seconds, evaluate: evaluated.seconds },
    poolPredictions() {
      predictions ??= timed(() => learner.predict(model, poolRows)).then(({ value, seconds }) => ({
        prediction: value,
        seconds,
      }));
      return predictions;
    },
  };
}

/** Runs `work` and takes its wall time. */
export async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly seconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

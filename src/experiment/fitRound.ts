/** One round's training and what follows from it: the test metrics, and what strategies ask of the pool. */
import type { Dataset, Split } from '../datasets/index.ts';
import type { Compute } from '../engines/compute.ts';
import { once } from '../foundation/once.ts';
import { evaluate } from '../learner/evaluate.ts';
import { type FittedModel, TrainingDiverged } from '../learner/fit.ts';
import type { Embeddings, Learner, LearnerClock } from '../learner/learner.ts';
import type { Prediction } from '../learner/prediction.ts';
import type { SampleChunk } from '../learner/samples.ts';
import type { Metrics, TrialIdentity } from '../store/record.ts';
import type { LabelledSet } from './labelledSet.ts';
import { drawPoolSubset } from './poolSubset.ts';
import { drawSamples, firstOf, numMembers, predictBySamples } from './sampling.ts';
import { type Timed, timed } from './timed.ts';
import { poolSubsetStream, trainingStreams } from './trialStreams.ts';

export interface FittedRound {
  /** The networks trained: an ensemble's members, or else one. */
  readonly members: readonly FittedModel[];
  readonly metrics: Metrics;
  readonly seconds: { readonly fit: number; readonly evaluate: number };
  /** Unlabelled rows that strategies see, ascending. */
  readonly poolRows: Int32Array;
  /** Predictions for `poolRows`; computed once. */
  poolPredictions(): Promise<Timed<Prediction>>;
  /** The rows trained on, in the order they were labelled, and the oracle's answers. */
  readonly labelled: { readonly rows: Int32Array; readonly answers: Int32Array };
  readonly numClasses: number;
  readonly classNames: readonly string[];
  readonly compute: Compute;
  readonly clock: LearnerClock;
  /** Embeddings of `poolRows`; computed once. */
  poolEmbeddings(): Promise<Timed<Embeddings>>;
  /** Embeddings of the labelled rows; computed once. */
  labelledEmbeddings(): Promise<Timed<Embeddings>>;
  /** Samples for `poolRows`; computed at every call, because together they may not fit into memory. */
  poolSamples(): AsyncIterable<SampleChunk>;
}

/** What a cohort's rounds have in common. */
export interface RoundSetting {
  readonly dataset: Dataset;
  readonly learner: Learner;
  readonly compute: Compute;
  readonly split: Split;
}

export interface RoundRequest {
  readonly labelled: LabelledSet;
  readonly round: number;
  /** The previous round's networks, for a warm start of each. */
  readonly startFrom?: readonly FittedModel[];
  readonly checkInterruption: () => void;
}

/** Trains on the labelled rows and measures on the split's test rows. Throws `TrainingDiverged`. */
export async function fitRound(
  { learner, compute, dataset, split }: RoundSetting,
  identity: TrialIdentity,
  { labelled, round, startFrom, checkInterruption }: RoundRequest,
): Promise<FittedRound> {
  const { numClasses, classNames, numSamples } = dataset.info;
  const { clock } = learner;
  const { rows } = labelled; // what is added later goes into a new array
  const truth = (of: Int32Array): Int32Array => of.map((row) => dataset.labels[row] as number);
  const fitted = await timed(clock, async () => {
    const members: FittedModel[] = [];
    for (let member = 0; member < numMembers(identity); member++) {
      const start = startFrom?.[member];
      members.push(
        await learner.fit({
          rows,
          labels: labelled.labels,
          validation: { rows: split.validation, labels: truth(split.validation) },
          streams: trainingStreams(identity, round, member),
          ...(start && { startFrom: start }),
          checkInterruption,
        }),
      );
    }
    return members;
  });
  const members = fitted.value;
  const networks = { learner, identity, round, members };
  const evaluated = await timed(clock, async () => {
    const prediction = identity.model.samples?.evaluate
      ? await predictBySamples(networks, split.test, numClasses)
      : await learner.predict(firstOf(members), split.test);
    return evaluate(prediction, truth(split.test));
  });
  // The last step's update may ruin weights whose loss nobody computes any more.
  if (!Number.isFinite(evaluated.value.nll)) {
    const { steps } = firstOf(members).training;
    throw new TrainingDiverged(
      `The test loss is ${evaluated.value.nll} after step ${steps - 1}: lower the learning rate or clip the data.`,
    );
  }
  const size = identity.scoring?.poolSubset ?? numSamples;
  const poolRows = drawPoolSubset(
    labelled.unlabelled(),
    { size, numSamples },
    poolSubsetStream(identity, round),
  );
  return {
    ...{ members, metrics: evaluated.value, poolRows, numClasses, classNames, compute, clock },
    labelled: { rows, answers: rows.map((row) => labelled.labels[row] as number) },
    seconds: { fit: fitted.seconds, evaluate: evaluated.seconds },
    poolPredictions: once(() => timed(clock, () => predictBySamples(networks, poolRows, numClasses))),
    poolEmbeddings: once(() => timed(clock, () => learner.embed(firstOf(members), poolRows))),
    labelledEmbeddings: once(() => timed(clock, () => learner.embed(firstOf(members), rows))),
    poolSamples: () => drawSamples(networks, poolRows),
  };
}

/** When training ends, and which epoch's weights are kept. */
import type { StopConfig } from '../models/modelConfig.ts';

/** What a rule may look at after an epoch; the accuracies are computed only if a rule asks. */
export interface EpochOutcome {
  /** Mean over the epoch's rows of the loss each minibatch had before its update. */
  readonly trainingLoss: number;
  validationAccuracy(): Promise<number>;
  trainingAccuracy(): Promise<number>;
  /** Share of the epoch's rows that their minibatch's forward pass had right. */
  runningAccuracy(): number;
}

export interface StopRule {
  /** Training never goes beyond either. */
  readonly maximumEpochs: number;
  readonly maximumSteps: number;
  /** Left out where the length is fixed: then no epoch needs looking at, and many run as one program. */
  readonly afterEpoch?: (
    outcome: EpochOutcome,
  ) => Promise<{ readonly stop: boolean; readonly isBest: boolean }>;
  /** Whether the weights of the best epoch replace those of the last. */
  readonly keepBest: boolean;
}

/** A fresh rule for one training run; rules count epochs, so each run needs its own. */
export function createStopRule(config: StopConfig): StopRule {
  const unlimited = {
    maximumEpochs: Number.POSITIVE_INFINITY,
    maximumSteps: Number.POSITIVE_INFINITY,
    keepBest: false,
  };
  switch (config.rule) {
    case 'epochs':
      return { ...unlimited, maximumEpochs: config.epochs };
    case 'steps':
      return { ...unlimited, maximumSteps: config.steps };
    case 'validation-accuracy':
      return {
        ...unlimited,
        maximumEpochs: config.maximumEpochs,
        keepBest: true,
        afterEpoch: patience(config.patience),
      };
    case 'training-loss':
      return { ...unlimited, maximumEpochs: config.maximumEpochs, afterEpoch: noImprovement(config) };
    case 'training-accuracy':
      return {
        ...unlimited,
        maximumEpochs: config.maximumEpochs,
        afterEpoch: async (outcome) => ({
          stop: (await outcome.trainingAccuracy()) >= config.accuracy,
          isBest: true,
        }),
      };
    case 'running-accuracy':
      return {
        ...unlimited,
        maximumEpochs: config.maximumEpochs,
        afterEpoch: async (outcome) => ({ stop: outcome.runningAccuracy() >= config.accuracy, isBest: true }),
      };
  }
}

/** Stop once `limit` epochs in a row have not beaten the best validation accuracy. */
function patience(limit: number): StopRule['afterEpoch'] {
  let best = Number.NEGATIVE_INFINITY;
  let epochsSinceBest = 0;
  return async (outcome) => {
    const accuracy = await outcome.validationAccuracy();
    const isBest = accuracy > best;
    best = Math.max(best, accuracy);
    epochsSinceBest = isBest ? 0 : epochsSinceBest + 1;
    return { stop: epochsSinceBest >= limit, isBest };
  };
}

/** `MLPClassifier._update_no_improvement_count`: more than `limit` epochs in a row without a fall of `tolerance`. */
function noImprovement({
  tolerance,
  patience: limit,
}: Extract<StopConfig, { rule: 'training-loss' }>): StopRule['afterEpoch'] {
  let best = Number.POSITIVE_INFINITY;
  let epochsWithout = 0;
  return async ({ trainingLoss }) => {
    epochsWithout = trainingLoss > best - tolerance ? epochsWithout + 1 : 0;
    best = Math.min(best, trainingLoss);
    return { stop: epochsWithout > limit, isBest: true };
  };
}

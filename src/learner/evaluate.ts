/** What a prediction is worth against the truth. */
import { type Prediction, predictedClasses } from './prediction.ts';

/** See `Metrics` in the store's record for the definitions. */
export interface Evaluation {
  readonly accuracy: number;
  readonly nll: number;
  readonly macroF1: number;
  readonly brier: number;
  readonly ece: number;
}

const NUM_CALIBRATION_BINS = 15;

/** @param labels [numSamples] true classes */
export function evaluate(prediction: Prediction, labels: ArrayLike<number>): Evaluation {
  const { logProbabilities, numSamples, numClasses } = prediction;
  const predicted = predictedClasses(prediction);
  const bins = Array.from({ length: NUM_CALIBRATION_BINS }, () => ({ confidence: 0, correct: 0 }));
  const counts = Array.from({ length: numClasses }, () => ({ hits: 0, predicted: 0, present: 0 }));
  let [correct, nll, brier] = [0, 0, 0];
  for (let i = 0; i < numSamples; i++) {
    const row = i * numClasses;
    const label = labels[i] as number;
    const guess = predicted[i] as number;
    const hit = Number(guess === label);
    correct += hit;
    nll -= logProbabilities[row + label] as number;
    for (let c = 0; c < numClasses; c++) {
      brier += (Math.exp(logProbabilities[row + c] as number) - Number(c === label)) ** 2;
    }
    const confidence = Math.exp(logProbabilities[row + guess] as number);
    // Bins are (0, 1/15], (1/15, 2/15], …, as in Guo et al. 2017.
    const bin = bins[Math.max(0, Math.ceil(confidence * NUM_CALIBRATION_BINS) - 1)];
    if (bin) {
      bin.confidence += confidence;
      bin.correct += hit;
    }
    const [guessed, actual] = [counts[guess], counts[label]];
    if (guessed) guessed.predicted++;
    if (actual) {
      actual.present++;
      actual.hits += hit;
    }
  }
  return {
    accuracy: correct / numSamples,
    nll: nll / numSamples,
    macroF1: macroF1(counts),
    brier: brier / numSamples,
    ece: bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.correct), 0) / numSamples,
  };
}

/** F1 = 2·hits / (predicted + present); a class that is neither is left out of the mean. */
function macroF1(counts: ReadonlyArray<{ hits: number; predicted: number; present: number }>): number {
  const seen = counts.filter(({ predicted, present }) => predicted + present > 0);
  return seen.reduce((sum, c) => sum + (2 * c.hits) / (c.predicted + c.present), 0) / seen.length;
}

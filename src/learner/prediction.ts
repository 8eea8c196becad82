/** Class log-probabilities of some rows. Logarithms, because float32 probabilities saturate into ties. */
export interface Prediction {
  /** [numSamples, numClasses]. */
  readonly logProbabilities: Float32Array;
  readonly numSamples: number;
  readonly numClasses: number;
}

/** [numSamples], the most probable class of each; the lowest index where several are equal. */
export function predictedClasses({ logProbabilities, numSamples, numClasses }: Prediction): Int32Array {
  const classes = new Int32Array(numSamples);
  for (let i = 0; i < numSamples; i++) {
    const row = i * numClasses;
    let best = 0;
    for (let c = 1; c < numClasses; c++) {
      if ((logProbabilities[row + c] as number) > (logProbabilities[row + best] as number)) best = c;
    }
    classes[i] = best;
  }
  return classes;
}

/** Fraction of rows whose most probable class is the true one. `labels` is [numSamples]. */
export function accuracy(prediction: Prediction, labels: ArrayLike<number>): number {
  const correct = predictedClasses(prediction).reduce((sum, c, i) => sum + Number(c === labels[i]), 0);
  return correct / prediction.numSamples;
}

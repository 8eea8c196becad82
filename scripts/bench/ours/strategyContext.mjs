// What a strategy is shown, made of random numbers: points around 50 centres, class probabilities of all degrees of certainty.
import { createCompute } from '../../../dist/engines/compute.js';
import { createOnnxEngine } from '../../../dist/engines/onnx/onnxEngine.js';
import { deriveStream } from '../../../dist/foundation/randomStream.js';

const NUM_CENTRES = 50;

/** A function that makes a context with the stream of a seed: each repetition draws anew. */
export async function strategyContexts(shape) {
  const { numPool, width, numClasses, numLabelled, numDrawn = 20 } = shape;
  const uniform = fastUniform(1);
  const centres = Float32Array.from({ length: NUM_CENTRES * width }, () => 4 * uniform());
  const embeddingsOf = (numSamples) => {
    const values = new Float32Array(numSamples * width);
    for (let i = 0; i < numSamples; i++) {
      const centre = Math.floor(uniform() * NUM_CENTRES) * width;
      for (let f = 0; f < width; f++) values[i * width + f] = centres[centre + f] + 2 * uniform() - 1;
    }
    return { values, numSamples, width };
  };
  const [pool, labelled] = [embeddingsOf(numPool), embeddingsOf(numLabelled)];
  const prediction = {
    logProbabilities: logProbabilitiesOf(numPool, numClasses, uniform),
    numSamples: numPool,
    numClasses,
  };
  const compute = createCompute(await createOnnxEngine());
  const poolRows = Int32Array.from({ length: numPool }, (_, i) => i);
  const labelledRows = Int32Array.from({ length: numLabelled }, (_, i) => numPool + i);
  return (seed) => ({
    poolRows,
    labelled: { rows: labelledRows, answers: new Int32Array(numLabelled) },
    ...{ numClasses, compute, stream: deriveStream('strategy', { seed }) },
    classNames: Array.from({ length: numClasses }, (_, c) => `class ${c}`),
    predictions: async () => prediction,
    samples: () => samplesOf(prediction, numDrawn),
    embeddings: async () => pool,
    labelledEmbeddings: async () => labelled,
  });
}

/** Sample k of row i is the prediction of row i + k. Chunks of 512 rows, as a learner gives them. */
async function* samplesOf({ logProbabilities, numSamples, numClasses }, numDrawn) {
  for (let start = 0; start < numSamples; start += 512) {
    const numRows = Math.min(512, numSamples - start);
    const values = new Float32Array(numDrawn * numRows * numClasses);
    for (let k = 0; k < numDrawn; k++) {
      for (let i = 0; i < numRows; i++) {
        const source = ((start + i + k) % numSamples) * numClasses;
        values.set(logProbabilities.subarray(source, source + numClasses), (k * numRows + i) * numClasses);
      }
    }
    yield { start, numRows, numDrawn, numClasses, logProbabilities: values };
  }
}

function logProbabilitiesOf(numSamples, numClasses, uniform) {
  const values = new Float32Array(numSamples * numClasses);
  for (let i = 0; i < values.length; i += numClasses) {
    const sharpness = 12 * uniform();
    let sum = 0;
    for (let c = i; c < i + numClasses; c++) {
      values[c] = sharpness * uniform();
      sum += Math.exp(values[c]);
    }
    for (let c = i; c < i + numClasses; c++) values[c] -= Math.log(sum);
  }
  return values;
}

/** xorshift32: billions of numbers here need no more. */
function fastUniform(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

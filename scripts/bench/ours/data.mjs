// Random images of MNIST's shape, as a data set in memory.
import { deriveStream } from '../../../dist/foundation/randomStream.js';

const sampleShape = [28, 28];

export function randomImages(numSamples) {
  const stream = deriveStream('split', { bench: 'images' });
  const features = new Uint8Array(numSamples * 784);
  new Uint32Array(features.buffer).forEach((_, i, words) => {
    words[i] = stream.uint32();
  });
  return {
    info: { name: 'random', sampleShape, numClasses: 10, numSamples },
    features,
    labels: Uint8Array.from({ length: numSamples }, (_, i) => i % 10),
  };
}

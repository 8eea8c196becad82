import type { Dataset } from '../../src/datasets/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import type { LayerConfig } from '../../src/models/modelConfig.ts';

/** An MLP with dropout within and on its logits. */
export const tinyLayers: LayerConfig[] = [
  { type: 'dense', units: 5 },
  { type: 'dropout', rate: 0.3 },
  { type: 'relu' },
  { type: 'dense', units: 'numClasses' },
  { type: 'dropout', rate: 0.2 },
];

/** Two noisy byte-valued clusters per class on six features: learnable, not separable. */
export function tinyDataset(numSamples = 60, numClasses = 3): Dataset {
  const stream = deriveStream('split', { tiny: numSamples });
  const labels = Uint8Array.from({ length: numSamples }, (_, i) => i % numClasses);
  const features = new Uint8Array(numSamples * 6);
  labels.forEach((label, i) => {
    for (let f = 0; f < 6; f++) {
      const centre = f % numClasses === label ? 170 : 80;
      features[i * 6 + f] = Math.max(0, Math.min(255, centre + 45 * stream.normal()));
    }
  });
  return {
    info: {
      ...{ name: 'tiny', title: 'Tiny', fingerprint: 'tiny', license: '', source: '' },
      ...{ numSamples, numTrainFileSamples: numSamples, sampleShape: [2, 3], numClasses },
      classNames: Array.from({ length: numClasses }, (_, c) => String(c)),
      normalizations: { unit: { scale: 1 / 255, shift: 0 }, standard: { scale: 1 / 64, shift: -2 } },
    },
    features,
    labels,
  };
}

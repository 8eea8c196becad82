/** The random streams of one training run. */
import { deriveStream, type RandomStream } from '../foundation/randomStream.ts';

export interface FitStreams {
  readonly weights: RandomStream;
  readonly minibatches: RandomStream;
  readonly dropout: RandomStream;
  readonly augmentation: RandomStream;
}

/** A fresh stream of each purpose; `dependsOn` as in `deriveStream`. */
export function fitStreams(dependsOn: Readonly<Record<string, unknown>>): FitStreams {
  return {
    weights: deriveStream('weights', dependsOn),
    minibatches: deriveStream('minibatches', dependsOn),
    dropout: deriveStream('dropout', dependsOn),
    augmentation: deriveStream('augmentation', dependsOn),
  };
}

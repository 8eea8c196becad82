/** What each random stream of a trial depends on. The table in CONTRIBUTING.md ("Randomness") is this file in words. */
import { deriveStream, type RandomStream } from '../foundation/randomStream.ts';
import type { TrialIdentity } from '../store/record.ts';

/** A training's streams: the model's architecture, the seed and the round decide, never the strategy. */
export function trainingStreams(
  { model, seed }: TrialIdentity,
  round: number,
): { readonly weights: RandomStream; readonly minibatches: RandomStream; readonly dropout: RandomStream } {
  const dependsOn = { layers: model.layers, initializer: model.initializer, seed, round };
  return {
    weights: deriveStream('weights', dependsOn),
    minibatches: deriveStream('minibatches', dependsOn),
    dropout: deriveStream('dropout', dependsOn),
  };
}

/** A strategy's own stream: no other stream shares it, and it shares nothing with training. */
export function strategyStream({ strategy, seed }: TrialIdentity, round: number): RandomStream {
  return deriveStream('strategy', { name: strategy.name, options: strategy.options, seed, round });
}

/** What each random stream of a trial depends on. The table in CONTRIBUTING.md ("Randomness") is this file in words. */
import { deriveStream, type RandomStream } from '../foundation/randomStream.ts';
import { type FitStreams, fitStreams } from '../learner/fitStreams.ts';
import type { TrialIdentity } from '../store/record.ts';
import { streamConfig } from '../strategies/strategyConfig.ts';

/**
 * A training's streams: the model's architecture, the seed and the round decide, never the strategy. Member 0 of an
 * ensemble is the model that would be trained alone.
 */
export function trainingStreams({ model, seed }: TrialIdentity, round: number, member = 0): FitStreams {
  const alone = { layers: model.layers, initializer: model.initializer, seed, round };
  const dependsOn = member === 0 ? alone : { ...alone, member };
  return fitStreams(dependsOn);
}

/** One stream per sample of MC-dropout, its place among the samples in it: more samples leave the first ones as they are. */
export function mcDropoutStreams({ model, seed }: TrialIdentity, round: number): RandomStream[] {
  const dependsOn = { layers: model.layers, initializer: model.initializer, seed, round };
  return Array.from({ length: model.samples?.count ?? 0 }, (_, sample) =>
    deriveStream('mc-dropout', { ...dependsOn, sample }),
  );
}

/** What part of the pool is scored. */
export function poolSubsetStream({ seed }: TrialIdentity, round: number): RandomStream {
  return deriveStream('pool-subset', { seed, round });
}

/** A strategy's own stream: no other stream shares it, and it shares nothing with training. */
export function strategyStream({ strategy, seed }: TrialIdentity, round: number): RandomStream {
  return deriveStream('strategy', { ...streamConfig(strategy), seed, round });
}

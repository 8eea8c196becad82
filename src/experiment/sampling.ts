/** What a model's `samples` mean: which networks a fitted round predicts by. */
import type { FittedModel } from '../learner/fit.ts';
import type { Learner } from '../learner/learner.ts';
import type { Prediction } from '../learner/prediction.ts';
import { sampleEnsemble } from '../learner/sampleEnsemble.ts';
import { meanPrediction, type SampleChunk } from '../learner/samples.ts';
import type { TrialIdentity } from '../store/record.ts';
import { mcDropoutStreams } from './trialStreams.ts';

/** The networks of one round: an ensemble's members, or else one. */
export interface RoundNetworks {
  readonly learner: Learner;
  readonly identity: TrialIdentity;
  readonly round: number;
  readonly members: readonly FittedModel[];
}

/** How many networks are trained each round. */
export function numMembers({ model: { samples } }: TrialIdentity): number {
  return samples?.kind === 'ensemble' ? samples.count : 1;
}

/** The samples for `rows`, in chunks; a deterministic model has one. The same ones whenever they are asked for. */
export function drawSamples(
  { learner, identity, round, members }: RoundNetworks,
  rows: Int32Array,
): AsyncIterable<SampleChunk> {
  if (identity.model.samples?.kind === 'mc-dropout') {
    return learner.sample(firstOf(members), rows, mcDropoutStreams(identity, round));
  }
  return sampleEnsemble(learner.predict, members, rows);
}

/** The mean of the samples, or the deterministic model's prediction. */
export function predictBySamples(
  networks: RoundNetworks,
  rows: Int32Array,
  numClasses: number,
): Promise<Prediction> {
  const { learner, identity, members } = networks;
  if (identity.model.samples === undefined) return learner.predict(firstOf(members), rows);
  return meanPrediction(drawSamples(networks, rows), { numSamples: rows.length, numClasses });
}

/** The network that stands for all where only one is looked at. */
export function firstOf(members: readonly FittedModel[]): FittedModel {
  const [first] = members;
  if (first === undefined) throw new Error('A round has at least one fitted network.');
  return first;
}

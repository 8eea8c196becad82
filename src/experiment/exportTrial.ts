/** A trial's final networks as a model file, with all that says what they are. */
import { type DatasetInfo, normalizationOf } from '../datasets/index.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import { exportModel } from '../learner/exportModel.ts';
import type { FittedModel } from '../learner/fit.ts';
import type { Trial } from '../store/record.ts';
import { firstOf } from './sampling.ts';

/**
 * What the trial's last test metrics were measured with: the mean of an ensemble whose samples are evaluated, else its first
 * or only network, without dropout.
 */
export function exportTrial(
  { id, labels, identity }: Trial,
  info: DatasetInfo,
  members: readonly FittedModel[],
): Promise<Uint8Array> {
  const { samples, layers } = identity.model;
  const isMean = samples?.kind === 'ensemble' && samples.evaluate === true;
  return exportModel({
    ...{ layers, info, members: isMean ? members : [firstOf(members)] },
    normalization: normalizationOf(info, identity.dataset),
    metadata: {
      classes: JSON.stringify(info.classNames),
      trial: id,
      labels: canonicalJson(labels),
      identity: canonicalJson(identity),
    },
  });
}

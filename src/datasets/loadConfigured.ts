/** Loads the data set of a trial's configuration, built in or a user's own, ready for a learner. */
import { canonicalJson } from '../foundation/contentHash.ts';
import { UserError } from '../foundation/userError.ts';
import type { Dataset, DatasetConfig, DatasetInfo, Normalization } from './dataset.ts';
import { hostScaling, needsStatistics, scaleFeatures } from './files/normalizeFeatures.ts';
import { readFileDataset } from './files/readFileDataset.ts';
import { type IndexMasks, readIndexMasks } from './indexMasks.ts';
import { loadDataset } from './loadDataset.ts';
import { splitDataset } from './splitDataset.ts';

/** Equal where loading gives the same values, so that one copy will do. */
export function datasetKey({ name, fingerprint, normalization, split, source }: DatasetConfig): string {
  return source === undefined ? name : canonicalJson({ fingerprint, normalization, split });
}

/**
 * Loads; floats come normalised by the rows outside the test set. Throws what `loadDataset` and `readFileDataset` throw,
 * and `UserError("data-changed")` where files are no longer what they were when the trial was planned.
 */
export async function loadConfigured(config: DatasetConfig): Promise<Dataset> {
  const { name, fingerprint, normalization, source, split } = config;
  if (source === undefined) return loadDataset(name);
  const dataset = await readFileDataset(source);
  if (dataset.info.fingerprint !== fingerprint) {
    throw new UserError(
      'data-changed',
      `${dataset.info.title} must be what it was when this was planned, and has changed. Restore the files, or start anew.`,
    );
  }
  const { info, features, labels } = dataset;
  if (!needsStatistics(normalization, features instanceof Uint8Array)) return dataset;
  const masks: IndexMasks | undefined = split.masks && (await readIndexMasks(split.masks.path, info));
  // The plan sees to it that the test set is the same for every seed.
  const { test } = splitDataset({
    info,
    labels,
    config: split,
    seed: split.seed ?? 0,
    ...(masks && { masks }),
  });
  const isTest = new Uint8Array(info.numSamples);
  for (const row of test) isTest[row] = 1;
  const rows = Int32Array.from({ length: info.numSamples }, (_, row) => row).filter(
    (row) => isTest[row] === 0,
  );
  const scaling = hostScaling(features, info.sampleShape, normalization, rows);
  if (scaling === undefined) return dataset;
  return { info: { ...info, scaling }, features: scaleFeatures(features, info.sampleShape, scaling), labels };
}

/** From a loaded value to the model's input. */
export function normalizationOf(info: DatasetInfo, { normalization }: DatasetConfig): Normalization {
  const known = info.normalizations[normalization];
  if (known === undefined) throw new Error(`${info.name} has no normalization "${normalization}".`);
  return known;
}

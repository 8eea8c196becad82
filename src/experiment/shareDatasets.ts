/** Loads what trials need once, into memory that all workers can read. */
import {
  type Dataset,
  type DatasetConfig,
  datasetKey,
  type IndexMasks,
  loadConfigured,
  readIndexMasks,
} from '../datasets/index.ts';
import type { Trial } from '../store/record.ts';
import type { SharedDataset, WorkerSetup } from './workerMessages.ts';

/** Throws `UserError` where data are missing or damaged. */
export async function shareDatasets(
  trials: readonly Trial[],
): Promise<Pick<WorkerSetup, 'datasets' | 'masks'>> {
  const configs = trials.map(({ identity }) => identity.dataset);
  const datasets: SharedDataset[] = [];
  const masks = new Map<string, IndexMasks>();
  for (const [key, config] of new Map(configs.map((each) => [datasetKey(each), each]))) {
    const { info, features, labels } = await loadConfigured(config);
    datasets.push({ key, info, features: share(features), labels: share(labels) });
    for (const { path, sha256 } of masksOf(configs, key)) {
      if (!masks.has(sha256)) masks.set(sha256, await readIndexMasks(path, info));
    }
  }
  return { datasets, masks };
}

function masksOf(configs: readonly DatasetConfig[], key: string) {
  return configs.flatMap((config) =>
    datasetKey(config) === key && config.split.masks !== undefined ? [config.split.masks] : [],
  );
}

type Values = Dataset['features'] | Dataset['labels'];

/** A copy in memory that other threads may read. */
function share<T extends Values>(values: T): T {
  const memory = new SharedArrayBuffer(values.byteLength);
  const shared = new (values.constructor as new (buffer: SharedArrayBuffer) => T)(memory);
  shared.set(values);
  return shared;
}

/** Values that are this thread's own. */
export function unshared<T extends Values>(values: T): T {
  return values.buffer instanceof SharedArrayBuffer ? (values.slice() as T) : values;
}

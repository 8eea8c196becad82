/** Loads what trials need once, into memory that all workers can read. */
import { type IndexMasks, loadDataset, readIndexMasks } from '../datasets/index.ts';
import type { Trial } from '../store/record.ts';
import type { SharedDataset, WorkerSetup } from './workerMessages.ts';

/** Throws `UserError` where data are missing or damaged. */
export async function shareDatasets(
  trials: readonly Trial[],
): Promise<Pick<WorkerSetup, 'datasets' | 'masks'>> {
  const configs = trials.map(({ identity }) => identity.dataset);
  const datasets: SharedDataset[] = [];
  const masks = new Map<string, IndexMasks>();
  for (const name of new Set(configs.map((config) => config.name))) {
    const { info, features, labels } = await loadDataset(name);
    datasets.push({ info, features: share(features), labels: share(labels) });
    const references = configs.flatMap(({ name: other, split }) =>
      other === name && split.masks ? [split.masks] : [],
    );
    for (const { path, sha256 } of references) {
      if (!masks.has(sha256)) masks.set(sha256, await readIndexMasks(path, info));
    }
  }
  return { datasets, masks };
}

function share(bytes: Uint8Array): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(memory).set(bytes);
  return memory;
}

/** Bytes that are this thread's own. */
export function unshared(bytes: SharedArrayBuffer | Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes).slice();
}

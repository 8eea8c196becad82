// Fashion-MNIST as torchvision wants it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fetchDataset, locateDataset } from '../../dist/datasets/index.js';

/** The IDX files into `folder`, unpacked, under their own names. */
export async function unpackFashion(folder) {
  mkdirSync(folder, { recursive: true });
  await fetchDataset('fashion-mnist');
  for (const { file, path } of await locateDataset('fashion-mnist')) {
    const bytes = readFileSync(path);
    writeFileSync(join(folder, file.name), path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  }
}

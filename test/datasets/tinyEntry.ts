/** A data set of MNIST's form that is small enough to be written, damaged and served in a test. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CatalogueEntry, catalogue, type DataFile } from '../../src/datasets/catalogue.ts';

/** 3 train and 2 test images of 2 x 2 pixels; pixel values count up from 10, labels are 0, 1, 2, 1, 0. */
export const tinyFiles: ReadonlyMap<string, Buffer> = new Map([
  [
    'train-images-idx3-ubyte',
    Buffer.from('0000080300000003000000020000000' + '20a0b0c0d0e0f101112131415', 'hex'),
  ],
  ['train-labels-idx1-ubyte', Buffer.from('0000080100000003000102', 'hex')],
  ['t10k-images-idx3-ubyte', Buffer.from('000008030000000200000002000000021617' + '18191a1b1c1d', 'hex')],
  ['t10k-labels-idx1-ubyte', Buffer.from('00000801000000020100', 'hex')],
]);

export const tinyEntry: CatalogueEntry = {
  ...catalogue.mnist,
  info: {
    ...catalogue.mnist.info,
    name: 'tiny',
    numSamples: 5,
    numTrainFileSamples: 3,
    sampleShape: [2, 2],
    numClasses: 3,
    classNames: ['a', 'b', 'c'],
  },
  files: [...tinyFiles].map(([name, bytes]) => dataFileOf(name, bytes)),
  folders: ['tiny', 'Tiny/raw'],
  provider: {
    origin: 'package',
    packageName: 'no-such-package',
    subfolder: 'data',
    install: 'npm install it',
  },
};

export function dataFileOf(name: string, bytes: Buffer): DataFile {
  return { name, numBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export async function writeTinyFiles(
  folder: string,
  change: (bytes: Buffer, name: string) => Buffer = (bytes) => bytes,
  suffix = '',
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of tinyFiles) {
    await writeFile(path.join(folder, name + suffix), change(bytes, name));
  }
}

/** A user's own files as a data set: read, checked and fingerprinted, not yet normalised. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { contentHash } from '../../foundation/contentHash.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Dataset, Features, FileSource, LabelSource, Normalization } from '../dataset.ts';
import { readingError } from '../tables/byteReader.ts';
import type { Matrix } from '../tables/table.ts';
import { checkClassSizes, toClassIndices } from './classLabels.ts';
import { readLabelled } from './readLabelled.ts';

const identity: Normalization = { scale: 1, shift: 0 };

/**
 * Reads all of `source`. Rows are numbered as in the files, the test file's after the others. Throws what `readLabelled`,
 * `toClassIndices` and `checkClassSizes` throw, and `UserError("different-samples")`.
 */
export async function readFileDataset(source: FileSource): Promise<Dataset> {
  const { path, test, exclude } = source;
  const train = await readLabelled(source);
  const tested = test && (await readLabelled({ ...test, exclude }));
  if (tested) checkAlike({ path, matrix: train.matrix }, { path: test.path, matrix: tested.matrix });
  const { classNames, labels } = toClassIndices([train.labels, ...(tested ? [tested.labels] : [])]);
  const [trainLabels = new Int32Array(0)] = labels;
  // One row of a class is for testing; it has none to spare where that is to come out of the same file.
  checkClassSizes(trainLabels, classNames, { minimum: tested ? 1 : 2, where: train.labels.path });
  const features = joined([train.matrix, ...(tested ? [tested.matrix] : [])]);
  const [numTrain = 0, ...sampleShape] = train.matrix.shape;
  const bytes = features instanceof Uint8Array;
  return {
    info: {
      name: basename(path),
      title: `${path}${test === undefined ? '' : ` and ${test.path}`}`,
      numSamples: numTrain + (tested?.matrix.shape[0] ?? 0),
      numTrainFileSamples: numTrain,
      sampleShape: sampleShape.length === 0 ? [1] : sampleShape,
      numClasses: classNames.length,
      classNames,
      fingerprint: await fingerprintOf(source),
      normalizations: {
        ...{ none: identity, standard: identity, minmax: identity },
        unit: bytes ? { scale: 1 / 255, shift: 0 } : identity,
      },
      license: 'not known',
      source: 'own files',
    },
    features,
    labels: Int32Array.from(labels.flatMap((part) => [...part])),
  };
}

interface Named {
  readonly path: string;
  readonly matrix: Matrix;
}

function checkAlike(train: Named, test: Named): void {
  const shapes = [train, test].map(({ matrix }) => `[${matrix.shape.slice(1).join(', ')}]`);
  const columns = [train, test].map(({ matrix }) => matrix.columnNames?.join(', '));
  const [[expected, met], what] = shapes[0] !== shapes[1] ? [shapes, 'shape'] : [columns, 'columns'];
  if (expected === met || expected === undefined || met === undefined) return;
  throw new UserError(
    'different-samples',
    `Samples of ${test.path} must have the ${what} of those of ${train.path}, ${expected}, and have ${met}. Bring the two into line.`,
  );
}

/** Bytes if all are; floats else. */
function joined(matrices: readonly Matrix[]): Features {
  const parts = matrices.map(({ values }) => values);
  const [only] = parts;
  if (parts.length === 1 && (only instanceof Uint8Array || only instanceof Float32Array)) return only;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = parts.every((part) => part instanceof Uint8Array)
    ? new Uint8Array(length)
    : new Float32Array(length);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** What is in the files and how they are read; not where they lie. */
async function fingerprintOf({ path, labels, test, exclude }: FileSource): Promise<string> {
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (file: string): Promise<string> => {
    const known = hashes.get(file) ?? fileHash(file);
    hashes.set(file, known);
    return known;
  };
  const labelsOf = async (from: LabelSource) => ('path' in from ? { file: await hashOf(from.path) } : from);
  const content = {
    features: await hashOf(path),
    labels: await labelsOf(labels),
    exclude: [...exclude].sort(),
    ...(test && { test: { features: await hashOf(test.path), labels: await labelsOf(test.labels) } }),
  };
  return contentHash(content).toString('hex');
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  } catch (error) {
    throw readingError(path, error);
  }
  return hash.digest('hex');
}

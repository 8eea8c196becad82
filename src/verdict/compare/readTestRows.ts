/** Labelled rows to hold two saved models to: a data set that is built in, or a user's file. */
import { readLabelled } from '../../datasets/files/readLabelled.ts';
import {
  type Dataset,
  datasetNames,
  isTablePath,
  loadDataset,
  readIndexMasks,
  splitDataset,
} from '../../datasets/index.ts';
import type { SampleRows } from '../../engines/onnx/predictRows.ts';
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { TrialIdentity } from '../../store/record.ts';
import { classIndices, type LabelIndices, type ModelClasses } from './classIndices.ts';

export interface TestData {
  /** A data set that is built in, or a path. */
  readonly data: string;
  /** Of a path: the column of labels, or a file of labels. */
  readonly labels?: string;
  /** Of a path: columns that are no features. */
  readonly drop?: readonly string[];
}

export interface TestRows {
  /** `450 test rows of digits` */
  readonly subject: string;
  readonly rows: SampleRows;
  /** What is true of the rows, for models that tell so many classes apart. Throws what `classIndices` throws. */
  readonly truth: (models: ModelClasses) => LabelIndices;
  /** Whole sentences. */
  readonly warnings: readonly string[];
}

/**
 * Of a built-in data set the rows that none of the models was trained on: its test file; without one, the test rows
 * that the models' own splits have in common. Of a file all rows. Throws what loading and reading throw, and
 * `UserError` "unknown-name", "missing-labels" and "no-test-rows".
 *
 * @param identities of the models that know theirs
 */
export async function readTestRows(
  { data, labels, drop = [] }: TestData,
  identities: readonly TrialIdentity[],
): Promise<TestRows> {
  if (!isTablePath(data)) {
    if (!(datasetNames as readonly string[]).includes(data)) {
      const known = unknownName('data set', data, datasetNames);
      throw new UserError('unknown-name', `${known} A file ends in .csv, .npy, .parquet or .idx.`);
    }
    return builtIn(await loadDataset(data), identities);
  }
  if (labels === undefined) {
    throw new UserError(
      'missing-labels',
      `The rows of ${data} must have labels. Name their column or their file with --labels.`,
    );
  }
  const source = isTablePath(labels) ? { path: labels } : { column: labels };
  const { matrix, labels: raw } = await readLabelled({ path: data, labels: source, exclude: drop });
  return {
    subject: `${raw.texts.length} rows of ${data}`,
    rows: matrix,
    truth: (models) => classIndices(raw, models),
    warnings: [],
  };
}

async function builtIn(
  { info, features, labels }: Dataset,
  identities: readonly TrialIdentity[],
): Promise<TestRows> {
  const { rows, warnings } = await testRowsOf({ info, features, labels }, identities);
  const width = info.sampleShape.reduce((product, size) => product * size, 1);
  const values = new (features instanceof Uint8Array ? Uint8Array : Float32Array)(rows.length * width);
  rows.forEach((row, i) => {
    values.set(features.subarray(row * width, (row + 1) * width), i * width);
  });
  return {
    subject: `${rows.length} test rows of ${info.name}`,
    rows: { values, shape: [rows.length, ...info.sampleShape] },
    truth: ({ numClasses }) => {
      if (numClasses !== info.numClasses) {
        throw new UserError(
          'class-count',
          `The models must tell the ${info.numClasses} classes of ${info.name} apart, and have ${numClasses}. Choose the data that belong to them.`,
        );
      }
      const indices = Int32Array.from(rows, (row) => labels[row] as number);
      return { indices, classNames: info.classNames };
    },
    warnings,
  };
}

async function testRowsOf({ info, labels }: Dataset, identities: readonly TrialIdentity[]) {
  const own = identities.filter(({ dataset }) => dataset.fingerprint === info.fingerprint);
  const hasTestFile = info.numTrainFileSamples < info.numSamples;
  const fallback = { rows: 'all', validation: 0, pool: 'rest', stratified: !hasTestFile } as const;
  const splits = await Promise.all(
    own.map(async ({ dataset: { split: config }, seed }) => {
      const masks = config.masks && (await readIndexMasks(config.masks.path, info));
      return splitDataset({ info, labels, config, seed, ...(masks && { masks }) }).test;
    }),
  );
  const [
    first = hasTestFile
      ? splitDataset({ info, labels, config: { ...fallback, test: 'test-file' }, seed: 0 }).test
      : splitDataset({ info, labels, config: { ...fallback, test: 0.25 }, seed: 0 }).test,
    ...others
  ] = splits;
  const known = others.map((other) => new Set(other));
  const rows = first.filter((row) => known.every((other) => other.has(row)));
  if (rows.length === 0) {
    throw new UserError(
      'no-test-rows',
      `The two models must have test rows of ${info.name} in common, and have none. Compare models of the same seed, or give rows of your own with --data.`,
    );
  }
  const warnings = [
    ...(rows.length < first.length
      ? [
          `The models' own splits have ${rows.length} test rows in common; the others one of them may have been trained on.`,
        ]
      : []),
    ...(own.length < 2 && !hasTestFile
      ? [
          `${own.length === 0 ? 'No model says' : 'One model does not say'} which rows it was trained on; they may be among these.`,
        ]
      : []),
  ];
  return { rows, warnings };
}

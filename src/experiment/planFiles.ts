/** What a plan must know of a user's own data: read once, before planning. */
import {
  type Dataset,
  type DatasetInfo,
  type FileSource,
  isTablePath,
  type LabelSource,
  readFileDataset,
} from '../datasets/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { ExperimentSpec } from './spec.ts';
import type { DatasetChoice } from './specDataset.ts';

interface FileFacts {
  readonly info: DatasetInfo;
  readonly source: FileSource;
  readonly isBytes: boolean;
}

/** By entry of the dataset axis. */
export type FilesByChoice = ReadonlyMap<DatasetChoice, FileFacts>;

/** Reads all of the files that `spec` names. Throws `UserError("no-test-labels")`, and what `readFileDataset` throws. */
export async function readSpecFiles(spec: Pick<ExperimentSpec, 'dataset'>): Promise<FilesByChoice> {
  const facts = new Map<DatasetChoice, FileFacts>();
  for (const choice of spec.dataset) {
    if (choice.path === undefined) continue;
    const source = sourceOf(choice, choice.path);
    const { info, features }: Dataset = await readFileDataset(source);
    facts.set(choice, { info, source, isBytes: features instanceof Uint8Array });
  }
  return facts;
}

function sourceOf({ labels = '', test, exclude = [] }: DatasetChoice, path: string): FileSource {
  const source = { path, labels: labelSource(labels), exclude };
  if (test === undefined || typeof test === 'number') return source;
  const { path: testPath, labels: testLabels = labels } = typeof test === 'string' ? { path: test } : test;
  if (testLabels === labels && isTablePath(labels)) {
    throw new UserError(
      'no-test-labels',
      `A test file needs labels of its own where labels are a file: ${testPath} has none. Write test: { path: …, labels: … }.`,
    );
  }
  return { ...source, test: { path: testPath, labels: labelSource(testLabels) } };
}

function labelSource(text: string): LabelSource {
  return isTablePath(text) ? { path: text } : { column: text };
}

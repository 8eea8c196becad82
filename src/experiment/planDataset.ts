/**
 * Resolves an entry of the dataset axis: its split, completed, and what that leaves for pool, validation and
 * test.
 */
import { parse } from 'node:path';
import {
  type DatasetInfo,
  datasetInfo,
  type IndexMasks,
  needsStatistics,
  readIndexMasks,
  type SplitConfig,
  type SplitSizes,
  splitSizes,
} from '../datasets/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { TrialIdentity } from '../store/record.ts';
import { type FilesByChoice, readSpecFiles } from './planFiles.ts';
import type { ExperimentSpec } from './spec.ts';
import type { DatasetChoice } from './specDataset.ts';

export interface LabelledDataset {
  readonly label: string;
  readonly config: TrialIdentity['dataset'];
  readonly info: DatasetInfo;
  /** Row counts of the split for a trial seed. Throws `UserError` "bad-split" and "missing-mask". */
  sizes(seed: number): SplitSizes;
}

/** Index-mask files by path, as the spec gives it. */
type MasksByPath = ReadonlyMap<string, IndexMasks>;

/** All that a plan needs beside the spec. */
export interface SpecData {
  readonly files: FilesByChoice;
  readonly masks: MasksByPath;
}

export const noSpecData: SpecData = { files: new Map(), masks: new Map() };

/**
 * Reads every data file and index-mask file that `spec` names. Throws what `readSpecFiles` and `readIndexMasks` throw.
 */
export async function readSpecData(spec: Pick<ExperimentSpec, 'dataset'>): Promise<SpecData> {
  const files = await readSpecFiles(spec);
  const masks = new Map<string, IndexMasks>();
  for (const choice of spec.dataset) {
    const path = choice.split?.masks;
    if (path !== undefined) masks.set(path, await readIndexMasks(path, infoOf(choice, files)));
  }
  return { files, masks };
}

/**
 * The data set of `choice`, with defaults for all that it leaves open. Throws `UserError("bad-normalization")` where test
 * rows would have a part in it.
 */
export function resolveDataset(
  choice: DatasetChoice,
  { files, masks: masksByPath }: SpecData,
): LabelledDataset {
  const info = infoOf(choice, files);
  const facts = files.get(choice);
  const masks = masksOf(choice, masksByPath);
  const normalization = choice.normalization ?? (facts === undefined || facts.isBytes ? 'unit' : 'standard');
  const label = choice.label ?? choice.name ?? parse(info.name).name;
  const bySplit = facts !== undefined && needsStatistics(normalization, facts.isBytes);
  const split = resolveSplit(choice, info, { masks, isFixed: bySplit });
  if (bySplit && masks !== undefined && split.seed === undefined) refuseVaryingMasks(label, normalization);
  return {
    label,
    config: {
      ...{ name: info.name, fingerprint: info.fingerprint, normalization, split },
      initialPool: choice.initialPool ?? 'random',
      ...(facts && { source: facts.source }),
    },
    info,
    sizes: (seed) => splitSizes(info, split, masks, seed),
  };
}

function infoOf(choice: DatasetChoice, files: FilesByChoice): DatasetInfo {
  if (choice.name !== undefined) return datasetInfo(choice.name);
  const facts = files.get(choice);
  if (facts === undefined) throw new Error(`The data file ${choice.path} was not read before planning`);
  return facts.info;
}

/** Normalised data are one for all seeds, so their test rows must be. */
function refuseVaryingMasks(label: string, normalization: string): never {
  throw new UserError(
    'bad-normalization',
    `Test rows must have no part in the normalization "${normalization}" of "${label}", and its index masks may have others for each seed. ` +
      'Give the split a "seed", or set normalization: none.',
  );
}

function masksOf({ split }: DatasetChoice, masksByPath: MasksByPath): IndexMasks | undefined {
  if (split?.masks === undefined) return undefined;
  const masks = masksByPath.get(split.masks);
  if (masks === undefined) throw new Error(`The index masks ${split.masks} were not read before planning`);
  return masks;
}

/**
 * `isFixed`: the test rows are the same for all seeds, unless they are the test file's anyway.
 *
 * Key by key: what a mask file decides has one value, so that it cannot tell equal trials apart.
 */
function resolveSplit(
  { split = {}, test }: DatasetChoice,
  info: DatasetInfo,
  { masks, isFixed }: { readonly masks: IndexMasks | undefined; readonly isFixed: boolean },
): SplitConfig {
  const seed = split.seed === undefined ? {} : { seed: split.seed };
  if (masks !== undefined) {
    const { path, sha256 } = masks;
    return {
      rows: 'all',
      test: 0,
      validation: 0,
      pool: 'rest',
      stratified: false,
      ...seed,
      masks: { path, sha256 },
    };
  }
  const hasTestFile = info.numTrainFileSamples < info.numSamples;
  const testRows = split.test ?? (typeof test === 'number' ? test : hasTestFile ? 'test-file' : 0.25);
  return {
    rows: split.rows ?? 'all',
    test: testRows,
    validation: split.validation ?? 0,
    pool: split.pool ?? 'rest',
    stratified: split.stratified ?? !hasTestFile,
    ...(isFixed && testRows !== 'test-file' ? { seed: split.seed ?? 0 } : seed),
  };
}

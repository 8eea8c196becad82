/**
 * Resolves an entry of the dataset axis: its split, completed, and what that leaves for pool, validation and
 * test.
 */
import {
  type DatasetInfo,
  datasetInfo,
  type IndexMasks,
  readIndexMasks,
  type SplitConfig,
  type SplitSizes,
  splitSizes,
} from '../datasets/index.ts';
import type { TrialIdentity } from '../store/record.ts';
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
export type MasksByPath = ReadonlyMap<string, IndexMasks>;

/**
 * Reads every index-mask file that `spec` names: all that a plan needs beside the spec. Throws what
 * `readIndexMasks` throws.
 */
export async function readSpecMasks(spec: ExperimentSpec): Promise<MasksByPath> {
  const masks = new Map<string, IndexMasks>();
  for (const { name, split } of spec.dataset) {
    if (split?.masks === undefined) continue;
    masks.set(split.masks, await readIndexMasks(split.masks, datasetInfo(name)));
  }
  return masks;
}

/** The data set of `choice`, with defaults for all that it leaves open. */
export function resolveDataset(choice: DatasetChoice, masksByPath: MasksByPath): LabelledDataset {
  const info = datasetInfo(choice.name);
  const masks = masksOf(choice, masksByPath);
  const split = resolveSplit(choice, info, masks);
  return {
    label: choice.label ?? choice.name,
    config: {
      name: info.name,
      fingerprint: info.fingerprint,
      normalization: choice.normalization ?? 'unit',
      split,
      initialPool: choice.initialPool ?? 'random',
    },
    info,
    sizes: (seed) => splitSizes(info, split, masks, seed),
  };
}

function masksOf({ split }: DatasetChoice, masksByPath: MasksByPath): IndexMasks | undefined {
  if (split?.masks === undefined) return undefined;
  const masks = masksByPath.get(split.masks);
  if (masks === undefined) throw new Error(`The index masks ${split.masks} were not read before planning`);
  return masks;
}

/** Key by key: what a mask file decides has one value, so that it cannot tell equal trials apart. */
function resolveSplit(
  { split = {} }: DatasetChoice,
  info: DatasetInfo,
  masks: IndexMasks | undefined,
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
  return {
    rows: split.rows ?? 'all',
    test: split.test ?? (hasTestFile ? 'test-file' : 0.25),
    validation: split.validation ?? 0,
    pool: split.pool ?? 'rest',
    stratified: split.stratified ?? !hasTestFile,
    ...seed,
  };
}

/** How many rows each part of a split has: known from the configuration alone, before any data are read. */
import { UserError } from '../foundation/userError.ts';
import type { DatasetInfo, SplitConfig } from './dataset.ts';
import { type IndexMasks, maskOf } from './indexMasks.ts';

export interface SplitSizes {
  /** The initial pool included. */
  readonly pool: number;
  readonly validation: number;
  readonly test: number;
  /** Rows that an index mask lists as initial pool: no larger initial pool can be drawn. */
  readonly initial?: number;
}

/** A stretch of rows: first, and how many. */
export interface RowRange {
  readonly first: number;
  readonly count: number;
}

/** The rows that parts are carved from; `test: 'test-file'` has taken the test file's rows out already. */
export function candidateRows(info: DatasetInfo, config: SplitConfig): RowRange {
  const { numSamples, numTrainFileSamples } = info;
  if (config.rows === 'test-file' || config.test === 'test-file') requireTestFile(info, config);
  if (config.rows === 'test-file') {
    const count = config.test === 'test-file' ? 0 : numSamples - numTrainFileSamples;
    return { first: numTrainFileSamples, count };
  }
  const trainFileOnly = config.rows === 'train-file' || config.test === 'test-file';
  return { first: 0, count: trainFileOnly ? numTrainFileSamples : numSamples };
}

/**
 * Sizes of a split. With `masks`, those of the mask for `config.seed ?? seed`, or without either seed the smallest of
 * each part over all masks. Fractions are of the candidate rows; their running total is rounded, so that fractions
 * that add up to 1 use every row. Throws `UserError("bad-split")`, and what `maskOf` throws.
 */
export function splitSizes(
  info: DatasetInfo,
  config: SplitConfig,
  masks?: IndexMasks,
  seed?: number,
): SplitSizes {
  if (masks !== undefined) return maskSizes(masks, config.seed ?? seed);
  const { count } = candidateRows(info, config);
  let cumulative = 0;
  const rowsOf = (part: string, size: number): number => {
    if (!(size >= 0) || (size >= 1 && !Number.isInteger(size))) {
      refuse(
        `"${part}" must be a number of rows, or a fraction of them below 1, and is ${size}. Correct it in the split.`,
      );
    }
    if (size === 0 || size >= 1) return size;
    const before = Math.round(cumulative * count);
    cumulative += size;
    const rows = Math.round(cumulative * count) - before;
    if (rows === 0) refuse(`"${part}" is ${size} of ${count} rows, which is none. Make the fraction larger.`);
    return rows;
  };
  const test =
    config.test === 'test-file' ? info.numSamples - info.numTrainFileSamples : rowsOf('test', config.test);
  const validation = rowsOf('validation', config.validation);
  const left = count - validation - (config.test === 'test-file' ? 0 : test);
  const pool = config.pool === 'rest' ? left : rowsOf('pool', config.pool);
  if (test === 0) refuse('"test" must have rows, and has none. Give it a number of rows or a fraction.');
  if (left < 0 || pool > left) {
    const parts = config.test === 'test-file' ? 'validation and pool' : 'test, validation and pool';
    const sum = count - left + (config.pool === 'rest' ? 0 : pool);
    refuse(`${parts} need ${sum} rows, and only ${count} take part in the split. Make them smaller.`);
  }
  if (pool === 0) {
    refuse('"pool" must have rows, and has none left. Make test and validation smaller, or widen "rows".');
  }
  return { pool, validation, test };
}

function maskSizes(masks: IndexMasks, seed: number | undefined): SplitSizes {
  const splits = seed === undefined ? [...masks.bySeed.values()] : [maskOf(masks, seed)];
  const smallest = (sizes: readonly number[]) => Math.min(...sizes);
  const initial = splits.flatMap((split) => (split.initial === undefined ? [] : [split.initial.length]));
  return {
    pool: smallest(splits.map((split) => split.pool.length)),
    validation: smallest(splits.map((split) => split.validation.length)),
    test: smallest(splits.map((split) => split.test.length)),
    ...(initial.length > 0 && { initial: smallest(initial) }),
  };
}

function requireTestFile(info: DatasetInfo, config: SplitConfig): void {
  if (info.numTrainFileSamples < info.numSamples) return;
  const [key, remedy] =
    config.test === 'test-file'
      ? ['test', 'Give "test" a number of rows or a fraction.']
      : ['rows', 'Set "rows" to "all".'];
  refuse(`"${key}: test-file" needs a data set with a test file, and ${info.name} has none. ${remedy}`);
}

function refuse(message: string): never {
  throw new UserError('bad-split', message);
}

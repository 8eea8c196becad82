import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { datasetInfo } from '../../src/datasets/catalogue.ts';
import type { SplitConfig } from '../../src/datasets/dataset.ts';
import { type IndexMasks, maskOf, readIndexMasks } from '../../src/datasets/indexMasks.ts';
import { splitDataset } from '../../src/datasets/splitDataset.ts';
import { splitSizes } from '../../src/datasets/splitSizes.ts';
import { temporaryFolder } from '../folders.ts';

const info = datasetInfo('digits');
const labels = new Uint8Array(info.numSamples);
const text = `{
  "0": { "initial": [4, 2], "pool": [9, 8, 7], "validation": [1], "test": [1796, 0] },
  "5": { "pool": [3, 1], "test": [0] }
}`;

async function read(content: string): Promise<IndexMasks> {
  const file = path.join(temporaryFolder(), 'masks.json');
  await writeFile(file, content);
  return readIndexMasks(file, info);
}

function configOf({ path: file, sha256 }: IndexMasks): SplitConfig {
  return {
    rows: 'all',
    test: 0.1,
    validation: 0,
    pool: 'rest',
    stratified: true,
    masks: { path: file, sha256 },
  };
}

it('gives the split of each seed, the initial pool in front of the pool', async () => {
  const masks = await read(text);
  expect(masks.sha256).toBe(createHash('sha256').update(text).digest('hex'));
  const config = configOf(masks);
  expect(splitDataset({ info, labels, config, seed: 0, masks })).toEqual({
    pool: Int32Array.of(4, 2, 9, 8, 7),
    initial: Int32Array.of(4, 2),
    validation: Int32Array.of(1),
    test: Int32Array.of(1796, 0),
  });
  const five = splitDataset({ info, labels, config: { ...config, seed: 5 }, seed: 0, masks });
  expect(five).toEqual({ pool: Int32Array.of(3, 1), validation: Int32Array.of(), test: Int32Array.of(0) });
});

it('tells the sizes of one seed, or the smallest over all', async () => {
  const masks = await read(text);
  const config = configOf(masks);
  expect(splitSizes(info, config, masks, 0)).toEqual({ pool: 5, validation: 1, test: 2, initial: 2 });
  expect(splitSizes(info, config, masks)).toEqual({ pool: 2, validation: 0, test: 1, initial: 2 });
});

it('refuses a seed that the file lacks, and says which it has', async () => {
  const masks = await read(text);
  const asked = () => maskOf(masks, 1);
  expect(asked).toThrow(expect.objectContaining({ name: 'UserError', code: 'missing-mask' }));
  expect(asked).toThrow(/no index mask for seed 1; it has 0, 5\./);
});

it('refuses a file that has changed since the experiment was resolved', async () => {
  const masks = await read(text);
  const config = { ...configOf(masks), masks: { path: masks.path, sha256: 'another' } };
  expect(() => splitDataset({ info, labels, config, seed: 0, masks })).toThrow(
    expect.objectContaining({ name: 'UserError', code: 'masks-changed' }),
  );
});

it('refuses a file that is not there', async () => {
  await expect(readIndexMasks(path.join('no', 'such.json'), info)).rejects.toMatchObject({
    name: 'UserError',
    code: 'unreadable-file',
  });
});

describe('refuses', () => {
  it.each<[string, string, RegExp]>([
    ['what is cut off', '{\n  "0": { "pool": [1, 2', /not JSON, line 2, column 23/],
    ['a missing comma', '{"0": {"pool": [1] "test": [2]}}', /not JSON, line 1, column 20/],
    ['a list', '[[1], [2]]', /must be an object keyed by seed/],
    ['no seed', '{}', /must be an object keyed by seed/],
    ['a key that is no seed', '{"one": {}}', /keys must be seeds.*"one"/],
    ['a negative seed', '{"-1": {}}', /keys must be seeds.*"-1"/],
    ['a mask that is a list', '{"0": [1]}', /seed 0: the mask must be an object/],
    ['an unknown list', '{"0": {"pol": [1], "test": [2]}}', /unknown list "pol"\. Did you mean "pool"\?/],
    ['a row that is no list', '{"0": {"pool": 1, "test": [2]}}', /"pool" must be a list/],
    ['a row too large', '{"0": {"pool": [1797], "test": [2]}}', /from 0 to 1796, and "pool" has 1797/],
    ['a negative row', '{"0": {"pool": [3], "test": [-1]}}', /"test" has -1/],
    ['a row that is no number', '{"0": {"pool": ["3"], "test": [1]}}', /"pool" has "3"/],
    ['a fractional row', '{"0": {"pool": [0.5], "test": [1]}}', /"pool" has 0.5/],
    [
      'a repeated row',
      '{"0": {"pool": [3, 4, 3, 4], "test": [1]}}',
      /"pool" must list each row once, and has row 3 twice/,
    ],
    [
      'an overlap',
      '{"3": {"pool": [3, 1], "test": [5, 1, 3]}}',
      /seed 3: row 1 is in both "pool" and "test"/,
    ],
    ['initial within pool', '{"0": {"initial": [3], "pool": [3], "test": [1]}}', /both "initial" and "pool"/],
    ['an empty test part', '{"0": {"pool": [3], "test": []}}', /"test" must list rows/],
    ['a missing pool', '{"0": {"test": [1]}}', /"pool" must list rows/],
  ])('%s', async (_, content, message) => {
    const reading = read(content);
    await expect(reading).rejects.toMatchObject({ name: 'UserError', code: 'bad-masks' });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(/masks\.json.*Correct the file/);
  });
});

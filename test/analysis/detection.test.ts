/** Average precision of boxes against pycocotools (`scripts/fixtures/compare.py`), read from JSON and from CSV. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  boxAveragePrecision,
  matchDetections,
  meanBoxAveragePrecision,
  precisionAtCocoRecalls,
} from '../../src/analysis/detection/boxAveragePrecision.ts';
import { intersectionOverUnion, matchBoxes } from '../../src/analysis/detection/matchBoxes.ts';
import type { Box } from '../../src/datasets/boxes/boxes.ts';
import { type ReadTruth, readBoxTruth, readDetections } from '../../src/datasets/boxes/readBoxes.ts';
import { sharedFolder } from '../folders.ts';

interface Expected {
  readonly iouThreshold: number;
  readonly mean: number;
  readonly perClass: (number | null)[];
  readonly precision: (number[] | null)[];
}

const fixtures = 'test/fixtures/detection';
const read = (name: string) => JSON.parse(readFileSync(`${fixtures}/${name}.json`, 'utf8'));
const expected = read('expected') as {
  plain: Expected[];
  ties: Expected[];
  weighted: Expected & { weights: number[] };
};
const folder = sharedFolder();
const csv = join(folder, 'truth.csv');
let truth: ReadTruth;

beforeAll(async () => {
  truth = await readBoxTruth(`${fixtures}/truth.json`);
  const { images, categories, annotations } = read('truth');
  const name = (all: { id: number; name?: string; file_name?: string }[], id: number) => {
    const found = all.find((each) => each.id === id);
    return found?.file_name ?? found?.name;
  };
  const ids = images.map(({ id }: { id: number }) => id).sort();
  const lines = ids.flatMap((id: number) => {
    const own = annotations.filter((each: { image_id: number }) => each.image_id === id);
    if (own.length === 0) return [`${name(images, id)},class 11,,,,,`];
    return own.map(({ category_id, bbox: [x, y, w, h], iscrowd }: Annotation) =>
      [name(images, id), name(categories, category_id), x, y, w, h, iscrowd].join(),
    );
  });
  writeFileSync(csv, ['image,class,x,y,width,height,iscrowd', ...lines].join('\n'));
  for (const each of ['plain', 'ties']) {
    const found = read(each).map(({ image_id, category_id, bbox: [x, y, w, h], score }: Annotation) =>
      [name(images, image_id), name(categories, category_id), x, y, w, h, score].join(),
    );
    writeFileSync(join(folder, `${each}.csv`), ['image,class,x,y,w,h,score', ...found].join('\n'));
  }
});

interface Annotation {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: number[];
  readonly iscrowd: number;
  readonly score: number;
}

describe.each(['plain', 'ties'] as const)('%s', (name) => {
  test.each([0.3, 0.5, 0.75, 1])('at overlap %f values are pycocotools’', async (iouThreshold) => {
    const wanted = expected[name].find((each) => each.iouThreshold === iouThreshold);
    const matched = matchDetections(
      truth,
      await readDetections(`${fixtures}/${name}.json`, truth),
      iouThreshold,
    );
    expect(meanBoxAveragePrecision(matched)).toBeCloseTo(wanted?.mean ?? -1, 11);
    matched.forEach((each, c) => {
      const [value, curve] = [wanted?.perClass[c] ?? null, wanted?.precision[c] ?? null];
      if (value === null) expect(boxAveragePrecision(each)).toBeNaN();
      else expect(boxAveragePrecision(each)).toBeCloseTo(value, 11);
      const precision = precisionAtCocoRecalls(each);
      expect(precision?.length).toBe(curve?.length);
      curve?.forEach((point, i) => {
        expect(precision?.[i]).toBeCloseTo(point, 11);
      });
    });
  });

  test('CSV says what JSON says', async () => {
    const table = await readBoxTruth(csv);
    const detections = await readDetections(join(folder, `${name}.csv`), table);
    const matched = matchDetections(table, detections, 0.5);
    const wanted = expected[name].find(({ iouThreshold }) => iouThreshold === 0.5);
    expect(meanBoxAveragePrecision(matched)).toBeCloseTo(wanted?.mean ?? -1, 11);
    // Files of either kind may speak of a truth of the other.
    const mixed = matchDetections(truth, await readDetections(join(folder, `${name}.csv`), truth), 0.5);
    expect(meanBoxAveragePrecision(mixed)).toBeCloseTo(wanted?.mean ?? -1, 11);
  });
});

test('an image of weight k is k images', async () => {
  const matched = matchDetections(truth, await readDetections(`${fixtures}/plain.json`, truth), 0.5);
  const { weights, mean, perClass } = expected.weighted;
  // The fixture's weights are in the order of its file, ours in that of ids.
  const order = read('truth').images.map(({ id }: { id: number }) => id);
  const byId = [...order].sort().map((id) => weights[order.indexOf(id)] as number);
  expect(meanBoxAveragePrecision(matched, byId)).toBeCloseTo(mean, 11);
  matched.forEach((each, c) => {
    const value = perClass[c] ?? null;
    if (value !== null) expect(boxAveragePrecision(each, byId)).toBeCloseTo(value, 11);
  });
});

test('overlap is of areas; of a crowd, the share that lies in it', () => {
  const [a, b]: Box[] = [
    [0, 0, 10, 10],
    [5, 0, 10, 10],
  ];
  if (a === undefined || b === undefined) throw new Error('Two boxes.');
  expect(intersectionOverUnion(a, { box: b, isCrowd: false })).toBeCloseTo(50 / 150, 15);
  expect(intersectionOverUnion(a, { box: b, isCrowd: true })).toBeCloseTo(0.5, 15);
  expect(intersectionOverUnion(a, { box: [10, 0, 5, 5], isCrowd: false })).toBe(0);
});

test('a target is found once, a crowd by any number', () => {
  const box: Box = [0, 0, 10, 10];
  const twice = [0.9, 0.8].map((score) => ({ box, score }));
  expect(matchBoxes(twice, [{ box, isCrowd: false }], 0.5)).toEqual(['true', 'false']);
  expect(matchBoxes(twice, [{ box, isCrowd: true }], 0.5)).toEqual(['ignored', 'ignored']);
  const both = [
    { box, isCrowd: true },
    { box, isCrowd: false },
  ];
  expect(matchBoxes(twice, both, 1)).toEqual(['true', 'ignored']);
});

/** Detected boxes: `querybench compare` as a user runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { sharedFolder } from '../folders.ts';
import { comparedJson, refuseToCompare } from './compareHere.ts';

const cwd = sharedFolder();
const boxes = (name: string) => resolve(`test/fixtures/detection/${name}.json`);

beforeAll(() => {
  writeFileSync(join(cwd, 'wide.csv'), 'a,b,label\n1,2,x\n3,4,y\n');
  writeFileSync(join(cwd, 'empty.csv'), 'image,class,x,y,width,height,score\n');
  writeFileSync(join(cwd, 'empty.json'), '');
  writeFileSync(join(cwd, 'none.json'), '[]');
});

const truth = ['--truth', boxes('truth')];
const edited = (name: string, change: (document: Record<string, unknown>[]) => unknown): string => {
  const document = JSON.parse(readFileSync(boxes('plain'), 'utf8'));
  writeFileSync(join(cwd, name), JSON.stringify(change(document)));
  return name;
};
const first = (change: object) => (document: Record<string, unknown>[]) => [
  { ...document[0], ...change },
  ...document.slice(1),
];

it('has pycocotools’ values, an interval over images, and a picture', async () => {
  const expected = JSON.parse(readFileSync(boxes('expected'), 'utf8'));
  const words = [
    boxes('plain'),
    boxes('ties'),
    ...truth,
    '--iou-threshold',
    '0.75',
    '--confident',
    '--curves',
    'boxes.svg',
  ];
  const found = await comparedJson([...words], cwd);
  expect(found.old.value).toBeCloseTo(expected.plain[2].mean, 11);
  expect(found.new.value).toBeCloseTo(expected.ties[2].mean, 11);
  expect(found.pairing).toEqual({ unit: 'images', count: 10, method: 'bootstrap', level: 0.95 });
  expect(readFileSync(join(cwd, 'boxes.svg'), 'utf8')).toContain('mean (macro)');
});

it.each<[string, () => string[], (string | RegExp)[]]>([
  ['no truth', () => [boxes('plain'), boxes('ties')], ['held against true ones', '--truth']],
  [
    'an overlap of 0',
    () => [boxes('plain'), boxes('ties'), ...truth, '--iou-threshold', '0'],
    ['above 0 and at most 1, and is 0'],
  ],
  [
    'an overlap above 1',
    () => [boxes('plain'), boxes('ties'), ...truth, '--iou-threshold', '1.5'],
    ['and is 1.5'],
  ],
  [
    'a box of negative size',
    () => [boxes('plain'), edited('negative.json', first({ bbox: [1, 2, -3, 4] })), ...truth],
    ['negative.json, [0]', 'a width and a height of 0 or more', '[1, 2, -3, 4]'],
  ],
  [
    'an unknown image',
    () => [boxes('plain'), edited('image.json', first({ image_id: 999 })), ...truth],
    ['image.json, [0]', 'Unknown image "999"'],
  ],
  [
    'an unknown class',
    () => [boxes('plain'), edited('class.json', first({ category_id: 4 })), ...truth],
    ['Unknown class "4"'],
  ],
  [
    'detections without scores',
    () => [boxes('plain'), edited('scores.json', first({ score: undefined })), ...truth],
    ['a detection must have a score'],
  ],
  ['an empty file', () => [boxes('plain'), 'empty.json', ...truth], ['empty.json must hold', 'and is empty']],
  [
    'a file without detections',
    () => [boxes('plain'), 'none.json', ...truth],
    ['must have at least one detection'],
  ],
  ['an empty table', () => [boxes('plain'), 'empty.csv', ...truth], ['at least one row of data']],
  [
    'truth in place of detections',
    () => [boxes('plain'), boxes('truth'), ...truth],
    ['a list of { image_id, category_id, bbox, score }'],
  ],
  [
    'detections in place of truth',
    () => [boxes('plain'), boxes('ties'), '--truth', boxes('plain')],
    ['images, categories and annotations'],
  ],
  [
    'columns that are no boxes',
    () => [boxes('plain'), 'wide.csv', ...truth],
    ['must have a column "image", and has a, b, label'],
  ],
  [
    'a metric of classifiers',
    () => [boxes('plain'), boxes('ties'), ...truth, '--metric', 'nll'],
    ['Unknown --metric of boxes "nll"'],
  ],
  [
    'an unknown class to look at',
    () => [boxes('plain'), boxes('ties'), ...truth, '--sub-metric', 'class 4'],
    ['Unknown class of --sub-metric "class 4"'],
  ],
])('refuses %s', async (_, words, says) => {
  await refuseToCompare(words(), says, cwd);
});

/** Two classifiers, or two detectors, on the same rows: values, paired intervals, classes. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ClassificationMetric } from '../../src/analysis/index.ts';
import { type ReadTruth, readBoxTruth, readDetections } from '../../src/datasets/boxes/readBoxes.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { classIndices } from '../../src/verdict/compare/classIndices.ts';
import { type ClassifierPair, compareClassifiers } from '../../src/verdict/compare/compareClassifiers.ts';
import { compareDetections, type DetectorPair } from '../../src/verdict/compare/compareDetections.ts';
import { lookUpClass } from '../../src/verdict/compare/lookUpClass.ts';

const NUM_ROWS = 600;

/** Three classes, the last rare; each model is right with its own probability, on rows that are hard for both. */
function pairOf(skills: readonly [number, number], numRows = NUM_ROWS, draw = 0): ClassifierPair {
  const stream = deriveStream('strategy', { skills, draw });
  const labels = Int32Array.from({ length: numRows }, (_, row) => (row % 20 === 0 ? 2 : row % 2));
  const hardness = Float64Array.from(labels, () => stream.uniform());
  const scoresOf = (skill: number) =>
    Float64Array.from(
      [...labels].flatMap((label, row) => {
        const logits = [0, 1, 2].map(
          (c) => Number(c === label) * 3 * (skill - (hardness[row] ?? 0)) + 0.6 * stream.normal(),
        );
        const powers = logits.map(Math.exp);
        const total = powers.reduce((a, b) => a + b);
        return powers.map((power) => power / total);
      }),
    );
  return {
    ...{ subject: 'rows', labels, classNames: ['zero', 'one', 'two'] },
    old: { name: 'old', scores: scoresOf(skills[0]) },
    new: { name: 'new', scores: scoresOf(skills[1]) },
  };
}

const pair = pairOf([0.9, 1.2]);

test('of accuracy, the paired bootstrap is what the differences by row say', () => {
  const { gain, interval, pairing } = compareClassifiers(pair);
  const right = ({ scores }: ClassifierPair['old'], row: number) => {
    const own = [...scores.slice(row * 3, row * 3 + 3)];
    return Number(own.indexOf(Math.max(...own)) === pair.labels[row]);
  };
  const differences = Array.from(
    { length: NUM_ROWS },
    (_, row) => right(pair.new, row) - right(pair.old, row),
  );
  const mean = differences.reduce((a, b) => a + b) / NUM_ROWS;
  const deviation = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / NUM_ROWS);
  const halfWidth = (1.96 * deviation) / Math.sqrt(NUM_ROWS);
  expect(gain).toBeCloseTo(mean, 12);
  expect(interval?.lower).toBeGreaterThan(mean - 1.12 * halfWidth);
  expect(interval?.lower).toBeLessThan(mean - 0.88 * halfWidth);
  expect(interval?.upper).toBeGreaterThan(mean + 0.88 * halfWidth);
  expect(pairing).toEqual({ unit: 'rows', count: NUM_ROWS, method: 'bootstrap', level: 0.95 });
});

describe.each<ClassificationMetric>(['accuracy', 'nll', 'macro-f1', 'auc-pr', 'auc-roc'])('%s', (metric) => {
  const options = { metric, numResamples: 300 };

  test('finds the better model, says the same again, and the opposite the other way round', () => {
    const found = compareClassifiers(pair, options);
    expect(found).toMatchObject({ action: 'update_model', isCertain: true });
    expect(found.interval?.lower).toBeLessThan(found.gain);
    expect(found.interval?.upper).toBeGreaterThan(found.gain);
    expect(compareClassifiers(pair, options)).toEqual(found);
    const back = compareClassifiers({ ...pair, old: pair.new, new: pair.old }, options);
    expect(back.gain).toBeCloseTo(-found.gain, 14);
    expect(back.action).toBe('discard');
  });

  test('of one class it is what the list of classes says', () => {
    const all = compareClassifiers(pair, options);
    const one = compareClassifiers(pair, { ...options, classIndex: 2 });
    expect(one.metric.className).toBe('two');
    expect(all.classes?.[2]).toEqual({ name: 'two', count: 30, old: one.old.value, new: one.new.value });
  });

  test('a class without rows has no value and cannot be asked for', () => {
    const labels = Int32Array.from(pair.labels, (label) => (label === 2 ? 1 : label));
    const without = { ...pair, labels };
    const { classes = [], gain } = compareClassifiers(without, options);
    expect(classes[2]).toMatchObject({ name: 'two', count: 0 });
    expect(gain).not.toBeNaN();
    if (metric === 'macro-f1') return; // it has F1 0 where the class is predicted
    expect(classes[2]).toEqual({ name: 'two', count: 0 });
    expect(() => compareClassifiers(without, { ...options, classIndex: 2 })).toThrow(
      /rows of class "two" in rows, and there is none/,
    );
  });
});

test.each<ClassificationMetric>(['accuracy', 'auc-pr'])(
  'of %s, intervals of equally good models cover 0 as often as they say',
  (metric) => {
    const numDraws = 120;
    const numCovered = Array.from({ length: numDraws }, (_, draw) =>
      compareClassifiers(pairOf([1, 1], 100, draw), { metric, numResamples: 100 }),
    ).filter(({ interval }) => interval && interval.lower <= 0 && interval.upper >= 0).length;
    // 95 % of 120, less three standard deviations of such a count and a little for the bootstrap's own optimism.
    expect(numCovered).toBeGreaterThan(104);
  },
);

test('models that are equal are not told apart', () => {
  const { gain, action, isCertain } = compareClassifiers({ ...pair, new: pair.old });
  expect({ gain, action, isCertain }).toEqual({ gain: 0, action: 'discard', isCertain: true });
});

test('predictions of other rows are refused', () => {
  const other = pairOf([1, 1], NUM_ROWS - 1).new;
  expect(() => compareClassifiers({ ...pair, new: other })).toThrow(
    /each of the 600 rows and 3 classes, and says 1797 numbers/,
  );
});

describe('labels of a file as class indices', () => {
  const indices = (texts: string[], numClasses: number, classNames?: string[]) =>
    classIndices({ path: 'y.csv', texts }, { numClasses, ...(classNames && { classNames }) });

  test('by name, by number, or as many as there are', () => {
    expect([...indices(['cat', 'dog', 'cat'], 3, ['ant', 'cat', 'dog']).indices]).toEqual([1, 2, 1]);
    expect([...indices(['2', '0', ' 1.0'], 3).indices]).toEqual([2, 0, 1]);
    expect([...indices(['2', '0'], 3).indices]).toEqual([2, 0]);
    expect(indices(['10', '9', '10'], 2)).toEqual({
      indices: Int32Array.from([1, 0, 1]),
      classNames: ['9', '10'],
    });
    expect([...indices(['3', '7'], 2, ['3', '7']).indices]).toEqual([0, 1]);
  });

  test('what fits no class is refused', () => {
    expect(() => indices(['dag'], 2, ['cat', 'dog'])).toThrow(
      /row 0 .*Unknown class "dag"\. Did you mean "dog"/,
    );
    expect(() => indices(['a', 'b', 'c'], 2)).toThrow(
      /labels of the 2 classes .* has 3 different ones \(a, b, c\)/,
    );
    expect(() => indices(['a', ' '], 2)).toThrow(/row 1 .*must not be missing/);
  });

  test('--sub-metric takes a name before an index', () => {
    expect(lookUpClass('1', ['2', '1', '0'])).toBe(1);
    expect(lookUpClass('2', ['a', 'b', 'c'])).toBe(2);
    expect(() => lookUpClass('3', ['a', 'b', 'c'])).toThrow(/Unknown class of --sub-metric "3"/);
  });
});

describe('detectors', () => {
  const fixtures = 'test/fixtures/detection';
  const expected = JSON.parse(readFileSync(`${fixtures}/expected.json`, 'utf8'));
  let truth: ReadTruth;
  let detectors: DetectorPair;

  beforeAll(async () => {
    truth = await readBoxTruth(`${fixtures}/truth.json`);
    detectors = {
      ...{ subject: 'images', truth },
      old: { name: 'plain', boxes: await readDetections(`${fixtures}/plain.json`, truth) },
      new: { name: 'ties', boxes: await readDetections(`${fixtures}/ties.json`, truth) },
    };
  });

  test('values are pycocotools’, the interval is over images', () => {
    const found = compareDetections(detectors, { minDelta: 0.05 });
    expect(found.old.value).toBeCloseTo(expected.plain[1].mean, 11);
    expect(found.new.value).toBeCloseTo(expected.ties[1].mean, 11);
    expect(found).toMatchObject({ action: 'update_model', pairing: { unit: 'images', count: 10 } });
    expect(found.interval?.lower).toBeLessThan(found.gain);
    expect(found.classes?.map(({ old }) => old !== undefined)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('one class, another overlap', () => {
    const found = compareDetections(detectors, { classIndex: 2, iouThreshold: 0.75 });
    expect(found.old.value).toBeCloseTo(expected.plain[2].perClass[2], 11);
    expect(found.metric).toMatchObject({ className: 'class 3', iouThreshold: 0.75 });
    expect(() => compareDetections(detectors, { classIndex: 5 })).toThrow(
      /class "class 9" in images, and there is none/,
    );
  });

  test.each([0, -0.5, 1.1, Number.NaN])('refuses an overlap of %f', (iouThreshold) => {
    expect(() => compareDetections(detectors, { iouThreshold })).toThrow(/must be above 0 and at most 1/);
  });
});

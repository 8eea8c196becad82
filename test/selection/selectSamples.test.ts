/** Selecting from arrays: what strategies see of them, and everything that is refused. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Compute, createCompute } from '../../src/engines/compute.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { UserError } from '../../src/foundation/userError.ts';
import { type SelectionRequest, selectSamples } from '../../src/selection/selectSamples.ts';
import { strategies } from '../../src/strategies/index.ts';
import { selectors } from '../../src/strategies/selectors/index.ts';

const numSamples = 40;
const numClasses = 3;
let compute: Compute;

beforeAll(async () => {
  compute = createCompute(await createOnnxEngine());
});
afterAll(() => compute.dispose());

function numbers(length: number, seed: string): Float32Array {
  const stream = deriveStream('split', { test: 'selection', seed });
  return Float32Array.from({ length }, () => stream.normal());
}

/** [numDrawn, numSamples, numClasses] */
function probabilities(numDrawn: number) {
  const values = numbers(numDrawn * numSamples * numClasses, 'probabilities').map(Math.exp);
  for (let i = 0; i < values.length; i += numClasses) {
    const row = values.subarray(i, i + numClasses);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let c = 0; c < numClasses; c++) row[c] = (row[c] as number) / sum;
  }
  return { values, numDrawn, numSamples, numClasses };
}

const embeddings = { values: numbers(numSamples * 4, 'embeddings'), numSamples, width: 4 };
const scores = Float64Array.from({ length: numSamples }, (_, i) => ((i * 7) % numSamples) / numSamples);
const everything = { embeddings, probabilities: probabilities(5) };
const labelled = { rows: Int32Array.of(3, 30, 7), answers: Int32Array.of(0, 1, 2) };

const select = (request: Omit<SelectionRequest, 'compute'>) => selectSamples({ ...request, compute });

const options: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'class-entropy': { class: 1 },
  'class-probability': { class: '1' },
  discriminative: { steps: 3, numParts: 2 },
  'batch-bald': { outcomes: 30 },
};
const unbound = Object.keys(strategies).filter((name) => strategies[name]?.isBound !== true);

describe.each([
  ['nothing labelled', {}],
  ['some labelled', { labelled }],
] as const)('%s', (_, given) => {
  test.each(unbound)('%s picks different rows that have no label, and again the same', async (strategy) => {
    const request = { ...everything, ...given, strategy, options: options[strategy], n: 6 };
    const { rows, numPool } = await select(request);
    const taken = 'labelled' in given ? [...given.labelled.rows] : [];
    expect(numPool).toBe(numSamples - taken.length);
    expect(new Set(rows).size).toBe(6);
    expect([...rows].filter((row) => taken.includes(row))).toEqual([]);
    expect((await select(request)).rows).toEqual(rows);
  });

  test.each(Object.keys(selectors))('%s picks by scores', async (strategy) => {
    const { rows } = await select({ embeddings, scores, ...given, strategy, n: 5 });
    expect(new Set(rows).size).toBe(5);
  });
});

test('margin orders by the difference of the two largest probabilities', async () => {
  const given = probabilities(1);
  const margins = Array.from({ length: numSamples }, (_, i) => {
    const [first = 0, second = 0] = [...given.values.subarray(i * 3, i * 3 + 3)].sort((a, b) => b - a);
    return first - second;
  });
  const order = margins.map((_, i) => i).sort((a, b) => (margins[a] as number) - (margins[b] as number));
  const { rows } = await select({ probabilities: given, strategy: 'margin', n: numSamples });
  expect([...rows]).toEqual(order);
});

test('scores, a fraction, and rows that are excluded', async () => {
  const excluded = Int32Array.of(scores.indexOf(39 / 40));
  const { rows } = await select({ scores, strategy: 'top-k', n: 0.1, excluded });
  expect([...rows].map((row) => scores[row])).toEqual([38, 37, 36, 35].map((i) => i / 40));
});

test('k-center is the greedy rule, whatever is labelled', async () => {
  const distance = (a: number, b: number) => {
    const [u, v] = [a, b].map((i) => embeddings.values.subarray(4 * i, 4 * i + 4));
    return Math.hypot(...[0, 1, 2, 3].map((f) => (u?.[f] ?? 0) - (v?.[f] ?? 0)));
  };
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(numSamples - 1), { minLength: 1, maxLength: 8 }),
      async (start) => {
        const centres = [...start];
        for (let k = 0; k < 5; k++) {
          const nearest = scores.map((_, i) => Math.min(...centres.map((centre) => distance(i, centre))));
          centres.push(nearest.indexOf(Math.max(...nearest)));
        }
        const given = { rows: Int32Array.from(start) };
        const { rows } = await select({ embeddings, labelled: given, strategy: 'k-center', n: 5 });
        expect([...rows]).toEqual(centres.slice(start.length));
      },
    ),
    { numRuns: 10 },
  );
});

test('certain predictions are no NaN', async () => {
  const certain = { values: new Float32Array(numSamples * numClasses), numDrawn: 1, numSamples, numClasses };
  for (let i = 0; i < numSamples; i++) certain.values[i * numClasses + (i % numClasses)] = 1;
  for (const strategy of ['entropy', 'ratio', 'badge']) {
    const { rows } = await select({ embeddings, probabilities: certain, strategy, n: numSamples });
    expect(new Set(rows).size).toBe(numSamples);
  }
});

const spoiled = (change: (values: Float32Array) => void) => {
  const given = probabilities(2);
  change(given.values);
  return given;
};

test.each<readonly [what: string, request: Omit<SelectionRequest, 'compute'>, code: string, says: string]>([
  ['nothing to select from', { strategy: 'random', n: 1 }, 'no-samples', 'has none'],
  ['unknown', { scores, strategy: 'top-kk', n: 1 }, 'unknown-name', 'Did you mean "top-k"'],
  ['a bound', { ...everything, strategy: 'oracle-greedy', n: 1 }, 'unknown-name', 'oracle-greedy'],
  [
    'scores where none are wanted',
    { ...everything, scores, strategy: 'badge', n: 1 },
    'no-scores-wanted',
    'top-k',
  ],
  ['no embeddings', { scores, strategy: 'coral', n: 1 }, 'missing-input', '--embeddings'],
  ['no probabilities', { embeddings, strategy: 'badge', n: 1 }, 'missing-input', '--probabilities'],
  ['one draw', { probabilities: probabilities(1), strategy: 'bald', n: 1 }, 'missing-input', 'several draws'],
  ['more than there are', { scores, strategy: 'top-k', n: 41 }, 'bad-n', 'it is 41, and there are 40'],
  ['more than is unlabelled', { scores, labelled, strategy: 'top-k', n: 38 }, 'bad-n', 'there are 37'],
  ['none', { scores, strategy: 'top-k', n: 0 }, 'bad-n', 'is 0'],
  ['a fraction that is none', { scores, strategy: 'top-k', n: 0.01 }, 'bad-n', '0.01 of 40 is none'],
  ['one and a half', { scores, strategy: 'top-k', n: 1.5 }, 'bad-n', 'is 1.5'],
  [
    'a score above 1',
    { scores: scores.with(8, 1.01), strategy: 'top-k', n: 1 },
    'bad-score',
    'row 8 (counted from 0) is 1.01',
  ],
  [
    'a score that is NaN',
    { scores: scores.with(8, Number.NaN), strategy: 'top-k', n: 1 },
    'bad-score',
    'is NaN',
  ],
  [
    'a sum of 2',
    { probabilities: spoiled((v) => v.fill(2 / 3, 6, 9)), strategy: 'margin', n: 1 },
    'bad-probabilities',
    'draw 0, row 2 (counted from 0) sum to 2',
  ],
  [
    'below 0',
    { probabilities: spoiled((v) => v.set([-0.5, 0.5, 1], 123)), strategy: 'margin', n: 1 },
    'bad-probabilities',
    'draw 1, row 1 (counted from 0) have -0.5',
  ],
  [
    'different rows',
    { embeddings, scores: scores.slice(1), strategy: 'coral', n: 1 },
    'row-count',
    '40 rows of embeddings and 39 of scores',
  ],
  [
    'a labelled row that is not there',
    { scores, labelled: { rows: Int32Array.of(40) }, strategy: 'top-k', n: 1 },
    'bad-labelled',
    'from 0 to 39, and one is 40',
  ],
  [
    'one labelled twice',
    { scores, labelled: { rows: Int32Array.of(4, 4) }, strategy: 'top-k', n: 1 },
    'bad-labelled',
    'row 4 is listed twice',
  ],
  [
    'an unknown option',
    { scores, strategy: 'power', n: 1, options: { bta: 1 } },
    'bad-option',
    'did you mean "beta"?',
  ],
  [
    'an option out of range',
    { scores, strategy: 'power', n: 1, options: { beta: -1 } },
    'bad-option',
    'must be above 0; met -1',
  ],
])('refuses: %s', async (_, request, code, says) => {
  const error = await select(request).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code });
  expect((error as UserError).message).toContain(says);
});

/** What every oracle keeps to, and the rates at which each errs. */
import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/experiment/loadPlan.ts';
import { planExperiment } from '../../src/experiment/plan.ts';
import { parseSpec } from '../../src/experiment/spec.ts';
import { presets } from '../../src/models/presets.ts';
import { oracles } from '../../src/oracles/index.ts';
import { NO_ANSWER, type Oracle } from '../../src/oracles/oracle.ts';
import { strategies } from '../../src/strategies/index.ts';
import { selectors } from '../../src/strategies/selectors/index.ts';
import { refusal, specText } from '../experiment/sampleSpec.ts';

const numSamples = 2000;
const numClasses = 4;
const trueLabels = Uint8Array.from({ length: numSamples }, (_, i) => i % numClasses);
const allRows = Int32Array.from({ length: numSamples }, (_, i) => i);
const never = (rows: Int32Array) => new Int32Array(rows.length);

function create(name: string, options: object = {}, seed = 0): Oracle {
  const entry = oracles[name];
  if (entry === undefined) throw new Error(`No oracle ${name}.`);
  entry.checkOptions({ ...options }, { numClasses, numSamples });
  return entry.create({ ...options }, { trueLabels, numClasses, seed });
}

const ask = (oracle: Oracle, rows = allRows, timesAsked = never(rows)) => oracle.label(rows, timesAsked);

/** Within five standard deviations of a binomial share. */
function expectShare(share: number, expected: number, count: number): void {
  const bound = 5 * Math.sqrt((expected * (1 - expected)) / count) + 1e-12;
  expect(Math.abs(share - expected)).toBeLessThanOrEqual(bound);
}

const shareOf = (labels: Int32Array, wanted: (label: number, row: number) => boolean) =>
  labels.filter((label, row) => wanted(label, row)).length / labels.length;

const identityMatrix = Array.from({ length: numClasses }, (_, c) =>
  Array.from({ length: numClasses }, (__, v) => Number(v === c)),
);

const samples: ReadonlyArray<readonly [name: string, options: object]> = [
  ['perfect', {}],
  ['noisy', { rate: 0.3 }],
  ['noisy', { confusion: identityMatrix.map((row) => row.map((value) => 0.6 * value + 0.1)) }],
  ['noisy', { pairs: [{ from: 0, to: 1, rate: 0.4 }] }],
  ['abstaining', { rate: 0.3, errorRate: 0.1 }],
  ['costly', { spread: 0.5, errorRate: 0.2 }],
  ['crowd', {}],
  ['crowd', { aggregation: 'dawid-skene', calibration: 500 }],
];

describe.each(samples)('%s %j', (name, options) => {
  test('answers a row alike whatever else is asked, in whatever order, and whenever', async () => {
    const whole = await ask(create(name, options));
    const rows = allRows.filter((row) => row % 7 === 3).reverse();
    const oracle = create(name, options);
    await ask(oracle, allRows.subarray(100, 200));
    const some = await ask(oracle, rows);
    expect([...some.labels]).toEqual(Array.from(rows, (row) => whole.labels[row]));
    expect([...some.costs]).toEqual(Array.from(rows, (row) => whole.costs[row]));
  });

  test('depends on the seed, unless there is nothing to draw', async () => {
    const [first, second] = [await ask(create(name, options)), await ask(create(name, options, 1))];
    expect(JSON.stringify(first) === JSON.stringify(second)).toBe(name === 'perfect');
  });

  test('answers with classes or not at all, at a cost of at least what it says', async () => {
    const { labels, costs } = await ask(create(name, options));
    const lowest = name === 'abstaining' ? NO_ANSWER : 0;
    expect(labels.every((label) => label >= lowest && label < numClasses)).toBe(true);
    const minimum = oracles[name]?.minimumCost({ ...options }) ?? 0;
    expect(minimum).toBeGreaterThan(0);
    expect(costs.every((cost) => cost >= minimum)).toBe(true);
  });
});

test('every registered oracle is among these', () => {
  expect([...new Set(samples.map(([name]) => name))].sort()).toEqual(Object.keys(oracles).sort());
});

test('perfect is', async () => {
  const { labels, costs } = await ask(create('perfect'));
  expect([...labels]).toEqual([...trueLabels]);
  expect(costs.every((cost) => cost === 1)).toBe(true);
});

describe('noisy', () => {
  test('errs at the rate, on all other classes alike, and a lower rate errs nowhere else', async () => {
    const { labels } = await ask(create('noisy', { rate: 0.3 }));
    expectShare(
      shareOf(labels, (label, row) => label !== trueLabels[row]),
      0.3,
      numSamples,
    );
    for (const shift of [1, 2, 3]) {
      const share = shareOf(labels, (label, row) => label === ((trueLabels[row] ?? 0) + shift) % numClasses);
      expectShare(share, 0.1, numSamples);
    }
    const { labels: fewer } = await ask(create('noisy', { rate: 0.1 }));
    fewer.forEach((label, row) => {
      if (label !== trueLabels[row]) expect(label).toBe(labels[row]);
    });
  });

  test('rates 0 and 1 are never and always', async () => {
    for (const rate of [0, 1]) {
      const { labels } = await ask(create('noisy', { rate }));
      expect(shareOf(labels, (label, row) => label !== trueLabels[row])).toBe(rate);
    }
  });

  test('follows a confusion matrix', async () => {
    const confusion = [
      [0.5, 0.2, 0.2, 0.1],
      [0, 1, 0, 0],
      [0.3, 0.3, 0.4, 0],
      [0, 0, 0.75, 0.25],
    ];
    const { labels } = await ask(create('noisy', { confusion }));
    confusion.forEach((row, c) => {
      const answers = labels.filter((_, i) => trueLabels[i] === c);
      row.forEach((expected, v) => {
        expectShare(answers.filter((label) => label === v).length / answers.length, expected, answers.length);
      });
    });
  });

  test('takes a class for another by pairs, and answers all else rightly', async () => {
    const pairs = [
      { from: 0, to: 2, rate: 0.25 },
      { from: 0, to: 3, rate: 0.5 },
    ];
    const { labels } = await ask(create('noisy', { pairs }));
    const zeros = labels.filter((_, i) => trueLabels[i] === 0);
    [0.25, 0, 0.25, 0.5].forEach((expected, v) => {
      expectShare(zeros.filter((label) => label === v).length / zeros.length, expected, zeros.length);
    });
    expect(labels.every((label, i) => trueLabels[i] === 0 || label === trueLabels[i])).toBe(true);
  });
});

test('abstaining says nothing at the rate, and is drawn anew when asked again', async () => {
  const oracle = create('abstaining', { rate: 0.4, errorRate: 0.2 });
  const first = await ask(oracle);
  const silent = allRows.filter((row) => first.labels[row] === NO_ANSWER);
  expectShare(silent.length / numSamples, 0.4, numSamples);
  const wrong = first.labels.filter((label, row) => label !== NO_ANSWER && label !== trueLabels[row]);
  expectShare(wrong.length / (numSamples - silent.length), 0.2, numSamples - silent.length);
  expect(first.costs.every((cost) => cost === 1)).toBe(true);
  const again = await ask(oracle, silent, new Int32Array(silent.length).fill(1));
  expectShare(
    shareOf(again.labels, (label) => label === NO_ANSWER),
    0.4,
    silent.length,
  );
});

describe('costly', () => {
  test('costs per label, per class, and per sample with the mean of the others', async () => {
    expect(new Set((await ask(create('costly', { cost: 2.5 }))).costs)).toEqual(new Set([2.5]));
    const classCosts = [1, 2, 3, 10];
    const { costs } = await ask(create('costly', { classCosts }));
    expect([...costs]).toEqual(Array.from(trueLabels, (label) => classCosts[label]));
    const spread = 0.5;
    const drawn = (await ask(create('costly', { cost: 3, spread }))).costs;
    const logarithms = drawn.map(Math.log);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // A log-normal of mean 3 has the variance 9 (exp(spread²) − 1).
    expect(Math.abs(mean(drawn) - 3)).toBeLessThan(5 * 3 * Math.sqrt(Math.expm1(spread ** 2) / numSamples));
    const middle = mean(logarithms);
    const variance = mean(logarithms.map((value) => (value - middle) ** 2));
    expect(Math.abs(variance / spread ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / numSamples));
  });
});

describe('crowd', () => {
  const errorRate = async (options: object) =>
    shareOf((await ask(create('crowd', options))).labels, (label, row) => label !== trueLabels[row]);

  test('one annotator is as good as the crowd of one, and a majority is better than each', async () => {
    expectShare(await errorRate({ accuracies: [0.7] }), 0.3, numSamples);
    expect(await errorRate({ accuracies: [0.7, 0.7, 0.7, 0.7, 0.7] })).toBeLessThan(0.2);
  });

  test('a majority of two classes has the binomial error', async () => {
    const entry = oracles.crowd;
    const binary = trueLabels.map((label) => label % 2);
    const accuracies = [0.8, 0.8, 0.8];
    const oracle = entry?.create({ accuracies }, { trueLabels: binary, numClasses: 2, seed: 3 });
    const { labels, costs } = await ask(oracle as Oracle);
    // Two or three of three are wrong: 3 · 0.2² · 0.8 + 0.2³.
    expectShare(
      shareOf(labels, (label, row) => label !== binary[row]),
      0.104,
      numSamples,
    );
    expect(new Set(costs)).toEqual(new Set([3]));
  });

  test('Dawid-Skene learns whom to believe', async () => {
    const accuracies = [0.95, 0.4, 0.4, 0.4, 0.4];
    const majority = await errorRate({ accuracies });
    const model = await errorRate({ accuracies, aggregation: 'dawid-skene' });
    expect(model).toBeLessThan(0.6 * majority);
    expect(model).toBeLessThan(0.06);
  });
});

test.each<[oracle: string, code: string, message: RegExp]>([
  ['noisy', 'bad-oracle', /exactly one of .* and has none/],
  ['{ name: noisy, rate: 0.1, pairs: [{ from: 0, to: 1, rate: 1 }] }', 'bad-oracle', /has rate and pairs/],
  ['{ name: noisy, rate: 1.5 }', 'invalid-spec', /oracle\.rate: must be at most 1; met 1\.5/],
  ['{ name: noisy, confusion: [[1]] }', 'bad-oracle', /must be 10 × 10, a row per true class, and is 1 × 1/],
  ['{ name: noisy, pairs: [{ from: 0, to: 10, rate: 1 }] }', 'bad-oracle', /from 0 to 9, and is 10/],
  ['{ name: noisy, pairs: [{ from: 3, to: 3, rate: 1 }] }', 'bad-oracle', /goes from 3 to 3/],
  [
    '{ name: noisy, pairs: [{ from: 3, to: 4, rate: 0.6 }, { from: 3, to: 5, rate: 0.6 }] }',
    'bad-oracle',
    /from class 3 must not exceed 1 together, and sum to 1\.2/,
  ],
  ['{ name: abstaining, rate: 1 }', 'invalid-spec', /oracle\.rate: must be below 1; met 1/],
  ['{ name: costly, classCosts: [1, 2] }', 'bad-oracle', /one cost per class, 10 of them, and has 2/],
  ['{ name: costly, cost: 0 }', 'invalid-spec', /oracle\.cost: must be above 0; met 0/],
  [
    '{ name: crowd, accuracies: [0.9, 0.8], aggregation: dawid-skene }',
    'bad-oracle',
    /at least 3 annotators/,
  ],
])('oracle: %s is refused before anything runs', (oracle, code, message) => {
  const plan = () =>
    planExperiment(parseSpec(specText({ oracle }), 'lab/sample.yaml', vocabulary), {
      presets,
      strategies,
      selectors,
      oracles,
    });
  expect(plan).toThrow(refusal(code, message));
});

test('a row of a confusion matrix that does not sum to 1 is named', () => {
  const confusion = identityMatrix.map((row, c) => (c === 2 ? row.map(() => 0.3) : row));
  expect(() => create('noisy', { confusion })).toThrow(refusal('bad-oracle', /row 2 sums to 1\.2/));
});

/** Oracles in the loop: queries without an answer, budgets in cost, and trials that go on where they were cut off. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, loadDataset } from '../../src/datasets/index.ts';
import { createCompute } from '../../src/engines/compute.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { createCohort } from '../../src/experiment/cohort.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { trialLoop } from '../../src/experiment/trialLoop.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import type { Learner } from '../../src/learner/learner.ts';
import type { RoundRecord, Trial } from '../../src/store/record.ts';
import { refusal } from './sampleSpec.ts';

let dataset: Dataset;
let engine: Engine;
const learners = new Map<string, Promise<Learner>>();
beforeAll(async () => {
  dataset = await loadDataset('digits');
  engine = await createOnnxEngine();
});

async function trialsOf(spec: object): Promise<readonly Trial[]> {
  const plan = await planFrom({
    ...{ name: 'oracles', dataset: 'digits', model: 'mlp', strategy: ['random', 'margin'], seed: 0 },
    ...{ initialPoolSize: 20, queryBatchSize: 15, training: { stop: { rule: 'steps', steps: 10 } } },
    ...spec,
  });
  return plan.trials;
}

async function roundsOf(
  { ...trial }: Trial,
  storedRounds: readonly RoundRecord[] = [],
): Promise<RoundRecord[]> {
  const { model } = trial.identity;
  const key = JSON.stringify(model);
  const learner =
    learners.get(key) ?? createLearner(engine, dataset, dataset.info.normalizations.unit, model);
  learners.set(key, learner);
  const setting = { dataset, learner: await learner, compute: createCompute(engine) };
  const cohort = await createCohort(trial.identity, setting);
  const rounds: RoundRecord[] = [];
  for await (const round of trialLoop(trial, cohort, { storedRounds, checkInterruption: () => {} })) {
    rounds.push(round);
  }
  return rounds;
}

const timeless = (rounds: readonly RoundRecord[]) => rounds.map(({ seconds, ...round }) => round);
const answersIn = (rounds: readonly RoundRecord[]) =>
  rounds.flatMap(({ queriedRows, answers }) => queriedRows.map((row, i) => [row, answers[i]] as const));

const cases: ReadonlyArray<readonly [name: string, spec: object]> = [
  ['noisy', { budget: 80, oracle: { name: 'noisy', rate: 0.3 } }],
  ['abstaining, returns', { budget: 110, oracle: { name: 'abstaining', rate: 0.5 } }],
  ['abstaining, leaves', { budget: 110, oracle: { name: 'abstaining', rate: 0.5, sample: 'leaves' } }],
  ['crowd', { budget: 80, oracle: { name: 'crowd', aggregation: 'dawid-skene', calibration: 200 } }],
  ['a budget in cost', { budget: { cost: 100 }, oracle: { name: 'costly', cost: 1.5, spread: 0.5 } }],
];

describe.each(cases)('%s', (_, spec) => {
  test('a trial cut off after any round goes on to the same records', async () => {
    const [, margin] = await trialsOf(spec);
    const whole = timeless(await roundsOf(margin as Trial));
    expect(whole.length).toBeGreaterThan(3);
    for (const stored of [0, 1, 3, whole.length - 1, whole.length]) {
      const before = whole.slice(0, stored) as RoundRecord[];
      expect([...before, ...timeless(await roundsOf(margin as Trial, before))]).toEqual(whole);
    }
  });

  test('strategies meet the same answers and prices', async () => {
    const trials = await trialsOf(spec);
    const [random, margin] = await Promise.all(trials.map((trial) => roundsOf(trial)));
    expect(timeless(random ?? [])[0]?.metrics).toEqual(timeless(margin ?? [])[0]?.metrics);
    expect(random?.[0]?.totalCost).toBe(margin?.[0]?.totalCost);
    // The first answer to a row decides; a row asked again has other draws.
    const first = new Map(answersIn(random ?? []).reverse());
    const both = [...new Map(answersIn(margin ?? []).reverse())].filter(([row]) => first.has(row));
    expect(both.length).toBeGreaterThan(0);
    for (const [row, answer] of both) expect(answer).toBe(first.get(row));
  });
});

test('a query without an answer is spent, and its row may return', async () => {
  const oracle = { name: 'abstaining', rate: 0.5 };
  const [trial] = await trialsOf({ budget: 'all', queryBatchSize: 40, oracle, dataset: smallPool });
  const rounds = await roundsOf(trial as Trial);
  expect(rounds).toHaveLength(6); // 20 and then 40 queries at a time, up to 220 for 220 rows
  const { numLabels: start = 0 } = rounds[0] ?? {};
  expect(start).toBeGreaterThan(0);
  expect(start).toBeLessThan(20);
  let labels = start;
  for (const { numLabels, answers, queriedRows, totalCost, round, labelCost } of rounds) {
    expect(numLabels).toBe(labels);
    expect(totalCost).toBe(20 + 40 * round);
    expect(labelCost).toBe(queriedRows.length);
    expect(answers).toHaveLength(queriedRows.length);
    labels += answers.filter((answer) => answer >= 0).length;
  }
  const asked = answersIn(rounds);
  expect(asked).toHaveLength(200);
  const answered = asked.filter(([, answer]) => (answer ?? -1) >= 0).map(([row]) => row);
  expect(new Set(answered).size).toBe(answered.length);
  expect(new Set(asked.map(([row]) => row)).size).toBeLessThan(asked.length);
});

const smallPool = { name: 'digits', split: { test: 200, pool: 220 } };

test('or leaves the pool for good', async () => {
  const oracle = { name: 'abstaining', rate: 0.5, sample: 'leaves' };
  const [trial] = await trialsOf({ budget: 'all', queryBatchSize: 40, oracle, dataset: smallPool });
  const rows = answersIn(await roundsOf(trial as Trial)).map(([row]) => row);
  expect(rows).toHaveLength(200);
  expect(new Set(rows).size).toBe(200);
});

describe('a budget in cost', () => {
  test('is never exceeded, and what is cut is the first answer that would', async () => {
    const oracle = { name: 'costly', cost: 2, spread: 0.8 };
    for (const trial of await trialsOf({ budget: { cost: 150 }, oracle })) {
      const rounds = await roundsOf(trial);
      const last = rounds.at(-1);
      expect(last?.queriedRows).toEqual([]);
      expect(last?.totalCost).toBeLessThanOrEqual(150);
      expect(last?.totalCost).toBeGreaterThan(130);
      rounds.slice(1).forEach((round, i) => {
        const before = rounds[i];
        expect(round.totalCost).toBeCloseTo((before?.totalCost ?? 0) + (before?.labelCost ?? 0), 9);
      });
    }
  });

  test('buys as many labels as it divides into', async () => {
    const [trial] = await trialsOf({ budget: { cost: 5.6 }, oracle: { name: 'costly', cost: 0.1 } });
    expect(trial?.identity).toMatchObject({ budget: 56, costBudget: 5.6 });
    const rounds = await roundsOf(trial as Trial);
    expect(rounds.map(({ numLabels }) => numLabels)).toEqual([20, 35, 50, 56]);
  });

  test('must buy more than the initial pool, which is known only once that is drawn', async () => {
    await expect(trialsOf({ budget: { cost: 20 } })).rejects.toThrow(
      refusal('bad-budget', /a cost of 20 buys at most 20 queries, and the initial pool has 20\./),
    );
    const classCosts = [1, 9, 9, 9, 9, 9, 9, 9, 9, 9];
    const [trial] = await trialsOf({ budget: { cost: 40 }, oracle: { name: 'costly', classCosts } });
    await expect(roundsOf(trial as Trial)).rejects.toThrow(
      refusal('bad-initial-pool', /with seed 0 costs \d+\.00 of 40\. Raise/),
    );
  });
});

test('an initial pool of which nothing is answered is refused', async () => {
  const oracle = { name: 'abstaining', rate: 0.9999 };
  const [trial] = await trialsOf({ initialPoolSize: 1, budget: 30, oracle });
  await expect(roundsOf(trial as Trial)).rejects.toThrow(
    refusal('bad-initial-pool', /answered none of the 1 rows of the initial pool/),
  );
});

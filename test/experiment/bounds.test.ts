/** Bounds in the loop: what they foresee comes true, and they are marked wherever they appear. */
import { beforeAll, describe, expect, test } from 'vitest';
import { cells, groups, summarise } from '../../src/analysis/index.ts';
import { type Dataset, loadDataset } from '../../src/datasets/index.ts';
import { createCompute } from '../../src/engines/compute.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { type Cohort, createCohort } from '../../src/experiment/cohort.ts';
import { createForesight } from '../../src/experiment/foresight.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { trialLoop } from '../../src/experiment/trialLoop.ts';
import { trainingStreams } from '../../src/experiment/trialStreams.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import { evaluate } from '../../src/learner/evaluate.ts';
import { groupCurves, renderSummaryMarkdown, stylesOf } from '../../src/render/index.ts';
import type { RoundRecord, Trial } from '../../src/store/record.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';

let dataset: Dataset;
let engine: Engine;
beforeAll(async () => {
  dataset = await loadDataset('digits');
  engine = await createOnnxEngine();
});

async function trialsOf(spec: object): Promise<readonly Trial[]> {
  const plan = await planFrom({
    ...{ name: 'bounds', dataset: 'digits', model: 'logistic', seed: 0 },
    ...{ initialPoolSize: 12, queryBatchSize: 1, rounds: 4 },
    ...spec,
  });
  return plan.trials;
}

async function cohortOf({ identity }: Trial): Promise<Cohort> {
  const learner = await createLearner(engine, dataset, dataset.info.normalizations.unit, identity.model);
  return createCohort(identity, { dataset, learner, compute: createCompute(engine) });
}

async function roundsOf(trial: Trial, cohort: Cohort): Promise<RoundRecord[]> {
  const rounds: RoundRecord[] = [];
  for await (const round of trialLoop(trial, cohort, { storedRounds: [], checkInterruption: () => {} })) {
    rounds.push(round);
  }
  return rounds;
}

describe('oracle-greedy', () => {
  const strategy = { name: 'oracle-greedy', candidates: 6 };

  test('without validation rows, the next round measures the very loss that was foreseen', async () => {
    const [trial] = await trialsOf({ strategy });
    const { identity } = trial as Trial;
    const cohort = await cohortOf(trial as Trial);
    const [first, second] = await roundsOf(trial as Trial, cohort);
    const fitted = await cohort.roundZero(() => {});
    const foresight = createForesight(cohort, identity, {
      ...{ labelled: cohort.initial, round: 0, checkInterruption: () => {}, fitted },
    });
    const [chosen, other] = await foresight.tryLabelling(
      Int32Array.from([first?.queriedRows[0] ?? -1, fitted.poolRows[0] as number]),
    );
    expect(chosen).toEqual(second?.metrics);
    expect(other).not.toEqual(chosen);
    expect(cohort.initial.rows).toHaveLength(12); // looking ahead labels nothing
  });

  test('with validation rows, those are looked at', async () => {
    const split = { validation: 200 };
    const [trial] = await trialsOf({ strategy, dataset: { name: 'digits', split } });
    const cohort = await cohortOf(trial as Trial);
    const fitted = await cohort.roundZero(() => {});
    const row = fitted.poolRows[3] as number;
    const foresight = createForesight(cohort, (trial as Trial).identity, {
      ...{ labelled: cohort.initial, round: 0, checkInterruption: () => {}, fitted },
    });
    const [outcome] = await foresight.tryLabelling(Int32Array.of(row));
    const rows = Int32Array.of(...cohort.initial.rows, row);
    const model = await cohort.learner.fit({
      rows,
      labels: Int32Array.from(dataset.labels),
      validation: { rows: new Int32Array(0), labels: [] },
      streams: trainingStreams((trial as Trial).identity, 1),
    });
    const { validation } = cohort.split;
    const truth = validation.map((each) => dataset.labels[each] as number);
    expect(outcome).toEqual(evaluate(await cohort.learner.predict(model, validation), truth));
  });

  test('bounds random, and is timed as scoring', async () => {
    const trials = await trialsOf({ strategy: [{ ...strategy, candidates: 12 }, 'random'], rounds: 12 });
    const losses: number[] = [];
    for (const trial of trials) {
      const rounds = await roundsOf(trial, await cohortOf(trial));
      losses.push(rounds.reduce((sum, { metrics }) => sum + metrics.nll, 0));
      if (trial.isBound) expect(rounds[0]?.seconds.score).toBeGreaterThan(rounds[0]?.seconds.fit ?? 0);
    }
    expect(losses[0]).toBeLessThan(losses[1] ?? 0);
  });
});

test('a plan names and marks bounds, whatever label they are given', async () => {
  const trials = await trialsOf({
    strategy: ['random', 'oracle-greedy', { name: 'oracle-greedy', label: 'sighted', by: 'accuracy' }],
  });
  expect(trials.map(({ labels, isBound }) => [labels.strategy, isBound])).toEqual([
    ['random', undefined],
    ['oracle-greedy (bound)', true],
    ['sighted (bound)', true],
  ]);
});

test('tables and charts keep bounds apart from the ranking', () => {
  const sweep = syntheticSweep({ strategies: ['random', 'margin'], seeds: [0, 1] });
  const bound = syntheticSweep({ strategies: ['sighted (bound)'], seeds: [0, 1] }, { skill: 0.9 }).map(
    (trial) => ({
      ...trial,
      header: { ...trial.header, trial: { ...trial.header.trial, isBound: true as const } },
    }),
  );
  const all = [...sweep, ...bound];
  const rows = summarise(all);
  expect(rows.map(({ strategy }) => strategy)).toEqual(['margin', 'random', 'sighted (bound)']);
  expect(rows[2]?.aubc?.mean).toBeGreaterThan(rows[0]?.aubc?.mean ?? 1);
  expect(renderSummaryMarkdown(rows)).toMatch(/\(bound\): looks at labels that nobody paid for/);
  expect(renderSummaryMarkdown(summarise(sweep))).not.toContain('bound)');
  const [group] = groups(cells(all));
  expect(group && groupCurves(group).map(({ strategy }) => strategy)).toEqual([
    'margin',
    'random',
    'sighted (bound)',
  ]);
  const styles = stylesOf(rows);
  expect(styles.get('sighted (bound)')).toMatchObject({ color: '#1A1A1A', dash: [1.5, 3] });
  expect(styles.get('margin')).toEqual(stylesOf(summarise(sweep)).get('margin'));
});

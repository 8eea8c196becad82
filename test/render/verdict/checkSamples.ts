/** Reports of checks made by hand: every branch that a renderer has. */
import type { CheckReport } from '../../../src/verdict/checkReport.ts';
import { hostile, reportOf } from './hostileReport.ts';
import { around, digits, moons, sampleCell } from './sampleCell.ts';

const holding: CheckReport = {
  ...{ name: 'ci', baseline: 'results/baselines/ci.json', metric: 'accuracy', margin: 0.01, alpha: 0.05 },
  cells: [
    sampleCell({ strategy: 'random', outcome: 'unchanged', gains: around(0.0004, 0.001) }),
    sampleCell({ outcome: 'unchanged', gains: around(0, 0) }),
  ],
  ...{ missing: [], failed: [], invariants: [], audit: [], warnings: [] },
  identity: { outcome: 'equal', numTrials: 10 },
};

const improved: CheckReport = {
  ...holding,
  cells: [
    sampleCell({ strategy: 'badge', outcome: 'improved', gains: around(0.024, 0.003) }),
    ...holding.cells,
  ],
  identity: {
    outcome: 'not-comparable',
    reasons: ['engine onnxruntime 1.30.0 before, 1.31.0 now', 'cpuFeatures avx512 before, avx2 now'],
  },
  invariants: [
    {
      text: 'margin > random by 0.01',
      group: 'digits, mlp, initial pool 20',
      outcome: 'holds',
      finding: 'margin is 0.0310 above random, at least 0.0240.',
    },
  ],
};

const inconclusive: CheckReport = {
  ...improved,
  cells: [
    sampleCell({ strategy: 'bald', outcome: 'inconclusive', gains: around(-0.006, 0.008), seedsNeeded: 24 }),
    sampleCell({ strategy: 'coral', outcome: 'inconclusive', gains: [-0.02] }),
    ...improved.cells,
  ],
};

const everything: CheckReport = {
  ...holding,
  cells: [
    sampleCell({ strategy: 'entropy', outcome: 'regressed', gains: around(-0.0211, 0.002) }),
    sampleCell({
      group: moons,
      strategy: 'weighted-k-means',
      outcome: 'regressed',
      gains: around(-0.3, 0.02),
    }),
    ...inconclusive.cells,
    sampleCell({
      group: moons,
      strategy: 'mean-std',
      outcome: 'regressed',
      gains: around(-0.05, 0.001),
      isIgnored: true,
    }),
    sampleCell({ group: moons, strategy: 'random', outcome: 'unchanged', gains: around(0, 0.0002) }),
  ],
  missing: [
    { ...digits, strategy: 'typiclust', missingFrom: 'current', seeds: [] },
    { ...moons, strategy: 'random', missingFrom: 'baseline', seeds: [6, 7] },
    { ...moons, strategy: 'margin', missingFrom: 'current', seeds: [3] },
  ],
  invariants: [
    {
      text: 'bald >= entropy',
      group: 'digits, mlp, initial pool 20',
      outcome: 'broken',
      finding: 'bald is 0.0200 below entropy, at most -0.0120.',
    },
    {
      text: 'random within [0.83, 0.86]',
      group: 'digits, mlp, initial pool 20',
      outcome: 'inconclusive',
      finding: 'random is at 0.8350 [0.8240, 0.8460].',
    },
    ...improved.invariants,
  ],
  audit: [
    {
      ...digits,
      strategy: 'badge',
      rule: 'distinct-queries',
      seed: 2,
      round: 3,
      finding: 'Row 17 was asked for twice in one query.',
    },
    {
      ...digits,
      strategy: 'margin',
      rule: 'paired-start',
      seed: 1,
      round: 0,
      finding: 'Accuracy after the initial pool is 0.41, that of random 0.43.',
    },
  ],
  identity: {
    ...{ outcome: 'different', numTrials: 40, numDifferent: 10 },
    first: {
      ...{
        ...digits,
        strategy: 'entropy',
        trialId: '0123456789abcdef',
        seed: 1,
        round: 2,
        field: 'queriedRows',
      },
      ...{
        baselineValue: '[5, 81, 300]',
        currentValue: '[5, 82, 300]',
        sample: { position: 1, baselineRow: 81, currentRow: 82 },
      },
    },
  },
  speed: [
    {
      ...digits,
      strategy: 'badge',
      phase: 'select',
      outcome: 'regressed',
      ratio: 1.62,
      interval: { lower: 1.5, upper: 1.74 },
      adjustedPValue: 0.0004,
    },
    {
      ...digits,
      strategy: 'margin',
      phase: 'score',
      outcome: 'inconclusive',
      ratio: 1.2,
      interval: { lower: 0.9, upper: 1.6 },
      adjustedPValue: 0.3,
    },
    {
      ...digits,
      strategy: 'bald',
      phase: 'select',
      outcome: 'improved',
      ratio: 0.5,
      interval: { lower: 0.4, upper: 0.6 },
      adjustedPValue: 0.001,
    },
    { ...digits, strategy: 'random', phase: 'fit', outcome: 'unchanged', ratio: 1.01, adjustedPValue: 0.9 },
  ],
  warnings: ['The baseline has 5 seeds: fewer than 6 cannot be told apart by ranks.'],
};

const failed: CheckReport = {
  ...holding,
  cells: [],
  metric: 'nll',
  failed: [
    { ...digits, strategy: 'epig', seed: 4, reason: 'The loss is not a number.\nLower the learning rate.' },
  ],
  identity: { outcome: 'not-comparable', reasons: ['no trial is shared'] },
};

export const checkSamples: Readonly<Record<string, CheckReport>> = {
  ...{ holding, improved, inconclusive, everything, failed },
  nothing: { ...holding, cells: [] },
  hostile: reportOf(hostile),
};

export function sampleReport(name: 'everything' | 'inconclusive'): CheckReport {
  return { everything, inconclusive }[name];
}

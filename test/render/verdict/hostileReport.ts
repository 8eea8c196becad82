/** A report whose labels, paths and messages try to break out of every format. */
import type { CellKey } from '../../../src/analysis/index.ts';
import type { CheckReport } from '../../../src/verdict/checkReport.ts';
import { around, sampleCell } from './sampleCell.ts';

/** In every place where a label, a path or a message of others may be. */
export const hostile =
  'a|b `c` **d** <script>alert(1)</script> ]]> "q" \'s\' & %0A::error::x\n::error title=no::x\r\n##[error]y \u0007\u001b[31m@me #1 \ud800 $(id) \\| -->';

const hostileKey: CellKey = {
  ...{ dataset: hostile, model: hostile, oracle: hostile, strategy: hostile },
  initialPoolSize: 4,
  queryBatchSize: 1,
};

export const hostileReport: CheckReport = {
  ...{ metric: 'accuracy', margin: 0.01, alpha: 0.05 },
  ...{ name: hostile, baseline: hostile, warnings: [hostile] },
  cells: [
    { ...sampleCell({ outcome: 'regressed', gains: around(-0.02, 0.001) }), ...hostileKey },
    sampleCell({ outcome: 'unchanged', gains: around(0, 0.001) }),
  ],
  missing: [{ ...hostileKey, missingFrom: 'current', seeds: [] }],
  failed: [{ ...hostileKey, seed: 1, reason: hostile }],
  invariants: [{ text: hostile, group: hostile, outcome: 'broken', finding: hostile }],
  audit: [{ ...hostileKey, rule: 'planned-grid', seed: 1, round: 1, finding: hostile }],
  identity: {
    ...{ outcome: 'different', numTrials: 1, numDifferent: 1 },
    first: {
      ...hostileKey,
      trialId: 'f',
      seed: 1,
      round: 0,
      field: hostile,
      baselineValue: hostile,
      currentValue: hostile,
    },
  },
  speed: [
    {
      ...hostileKey,
      phase: 'fit',
      outcome: 'regressed',
      ratio: Number.POSITIVE_INFINITY,
      adjustedPValue: 0.01,
    },
  ],
};

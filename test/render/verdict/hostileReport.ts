/** Reports whose labels, paths and messages are whatever somebody wrote. */
import type { CellKey } from '../../../src/analysis/index.ts';
import type { CheckReport } from '../../../src/verdict/checkReport.ts';
import { around, sampleCell } from './sampleCell.ts';

/** Tries to break out of every format. */
export const hostile =
  'a|b `c` **d** <script>alert(1)</script> ]]> "q" \'s\' & %0A::error::x\n::error title=no::x\r\n##[error]y \u0007\u001b[31m@me #1 \ud800 $(id) \\| -->';

/** With `label` wherever a label, a path or a message of others may be. */
export function reportOf(label: string): CheckReport {
  const key: CellKey = {
    ...{ dataset: label, model: label, oracle: label, strategy: label },
    ...{ initialPoolSize: 4, queryBatchSize: 1 },
  };
  return {
    ...{ metric: 'accuracy', margin: 0.01, alpha: 0.05 },
    ...{ name: label, baseline: label, warnings: [label] },
    cells: [
      { ...sampleCell({ outcome: 'regressed', gains: around(-0.02, 0.001) }), ...key },
      sampleCell({ outcome: 'unchanged', gains: around(0, 0.001) }),
    ],
    missing: [{ ...key, missingFrom: 'current', seeds: [] }],
    failed: [{ ...key, seed: 1, reason: label }],
    invariants: [{ text: label, group: label, outcome: 'broken', finding: label }],
    audit: [{ ...key, rule: 'planned-grid', seed: 1, round: 1, finding: label }],
    identity: {
      ...{ outcome: 'different', numTrials: 1, numDifferent: 1 },
      first: {
        ...key,
        trialId: 'f',
        seed: 1,
        round: 0,
        field: label,
        baselineValue: label,
        currentValue: label,
      },
    },
    speed: [
      {
        ...key,
        phase: 'fit',
        outcome: 'regressed',
        ratio: Number.POSITIVE_INFINITY,
        adjustedPValue: 0.01,
      },
    ],
  };
}

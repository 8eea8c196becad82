/** The audit's rules, each broken by hand in records that are otherwise in order. */
import { expect, test } from 'vitest';
import type { RoundRecord, StoredTrial } from '../../src/store/record.ts';
import { audit } from '../../src/verdict/audit.ts';
import { type SyntheticTrial, syntheticSweep } from '../analysis/syntheticTrials.ts';

const sweep = (shared: SyntheticTrial = {}) =>
  syntheticSweep({ strategies: ['entropy', 'margin', 'random'], seeds: [0, 1] }, shared);
const trials = sweep();

type Change = (round: RoundRecord) => Partial<RoundRecord>;

/** With one round of one strategy's trial of seed 1 changed. */
function changed(strategy: string, round: number, change: Change, among = trials): StoredTrial[] {
  return among.map((trial) => {
    const { labels, identity } = trial.header.trial;
    if (labels.strategy !== strategy || identity.seed !== 1) return trial;
    const rounds = trial.rounds.map((record) =>
      record.round === round ? { ...record, ...change(record) } : record,
    );
    return { ...trial, rounds };
  });
}

function withEnvironment(
  among: readonly StoredTrial[],
  environmentOf: (strategy: string) => Readonly<Record<string, string>>,
): StoredTrial[] {
  return among.map(({ header, ...rest }) => ({
    header: {
      ...header,
      environment: { ...header.environment, ...environmentOf(header.trial.labels.strategy) },
    },
    ...rest,
  }));
}

const nudged: Change = ({ metrics }) => ({ metrics: { ...metrics, nll: metrics.nll + 1e-15 } });

test('nothing to say of correct records, in any order, unfinished and failed ones included', () => {
  expect(audit(trials)).toEqual([]);
  expect(audit([])).toEqual([]);
  const begun = trials.map(({ header, rounds }, i) => ({ header, rounds: rounds.slice(0, i) }));
  expect(audit(begun.reverse())).toEqual([]);
  expect(audit(sweep({ status: 'failed', reason: 'diverged' }))).toEqual([]);
});

test('paired-start: one that differs in the last bit is named, and what most have', () => {
  const [problem, ...others] = audit(changed('entropy', 0, nudged));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ rule: 'paired-start', strategy: 'entropy', seed: 1, round: 0 });
  expect(problem?.finding).toMatch(
    /^Strategies of a cohort must start alike.*: metrics\.nll of round 0 is \d\.\d{15,} with entropy, and \d\.\d+ with margin and 1 more\.$/,
  );
  const loss: Change = ({ training }) => ({ training: { ...training, finalLoss: 0.5 } });
  expect(audit(changed('random', 0, loss))).toMatchObject([
    { strategy: 'random', finding: expect.stringContaining('training.finalLoss') },
  ]);
});

test('paired-start: bits are compared within one environment on cores alone, labels everywhere', () => {
  const parted = changed('entropy', 0, nudged);
  const elsewhere = [
    (strategy: string): Readonly<Record<string, string>> =>
      strategy === 'entropy' ? { node: 'v22.1.0' } : {},
    (strategy: string): Readonly<Record<string, string>> => ({
      replicas: strategy === 'entropy' ? '5' : '6',
    }),
    (): Readonly<Record<string, string>> => ({ device: 'webgpu' }),
  ];
  for (const environmentOf of elsewhere) {
    expect(audit(withEnvironment(parted, environmentOf))).toEqual([]);
    const withFewer = withEnvironment(
      changed('entropy', 0, () => ({ numLabels: 19 })),
      environmentOf,
    );
    expect(audit(withFewer).map(({ rule, strategy }) => [rule, strategy])).toEqual([
      ['paired-start', 'entropy'],
      ['planned-grid', 'entropy'],
    ]);
  }
});

test('paired-start: the pool is the same', () => {
  const pools = trials.map((trial) => ({
    ...trial,
    rounds: trial.rounds.map((round) => (round.round === 0 ? { ...round, poolClasses: [70, 80] } : round)),
  }));
  expect(audit(pools)).toEqual([]);
  const other = changed('margin', 0, () => ({ poolClasses: [69, 81] }), pools);
  expect(audit(other)).toMatchObject([
    { rule: 'paired-start', finding: expect.stringContaining('poolClasses[0]') },
  ]);
  // Records from before it was written down have nothing to compare.
  const older = changed('margin', 0, () => ({ poolClasses: undefined }) as Partial<RoundRecord>, pools);
  expect(audit(older)).toEqual([]);
});

const sameQueries = [[1, 2], [3, 4], [5, 6], []];

test('paired-answers: the same question, answered otherwise', () => {
  const asking = sweep({ queries: sameQueries, queryBatchSize: 2, numRounds: 4 });
  expect(audit(asking)).toEqual([]);
  const flipped = changed('random', 1, () => ({ answers: [9, 8] }), asking);
  expect(audit(flipped)).toMatchObject([
    {
      ...{ rule: 'paired-answers', strategy: 'random', seed: 1, round: 1 },
      finding:
        'An oracle must answer alike whoever asks, and says class 9 to random, and class 3 to entropy: row 3, and 1 more.',
    },
  ]);
});

test('paired-answers: a row asked in vain before may be answered otherwise, and alike for all', () => {
  const abstaining = (secondAnswer: number): StoredTrial[] => {
    const made = sweep({
      ...{ queries: [[1], [1], [2], []], queryBatchSize: 1, numRounds: 4, oracle: 'abstaining' },
    }).map((trial) => ({
      ...trial,
      rounds: trial.rounds.map((round, i) => ({
        ...round,
        answers: [[-1], [1], [2], []][i] ?? [],
        numLabels: [20, 20, 21, 22][i] ?? 0,
      })),
    }));
    return changed('margin', 1, () => ({ answers: [secondAnswer] }), made);
  };
  expect(audit(abstaining(1))).toEqual([]);
  expect(audit(abstaining(5))).toMatchObject([{ rule: 'paired-answers', strategy: 'margin', round: 1 }]);
  expect(audit(abstaining(5))[0]?.finding).toContain('row 1, asked in vain 1 × before.');
});

test('distinct-queries: a row twice, and one that has a label', () => {
  const twice = changed('margin', 1, ({ queriedRows }) => ({
    queriedRows: queriedRows.with(4, queriedRows[2] ?? 0),
  }));
  const row = twice.find(({ header }) => header.trial.labels.strategy === 'margin')?.rounds[1]
    ?.queriedRows[2];
  expect(audit(twice).filter(({ rule }) => rule === 'distinct-queries')).toMatchObject([
    {
      strategy: 'margin',
      seed: 1,
      round: 1,
      finding: `A query must name different rows, and names row ${row} twice.`,
    },
  ]);
  const again = sweep({ queries: [[1, 2], [3, 1], []], queryBatchSize: 2, numRounds: 3 });
  expect(audit(again)).toHaveLength(6);
  expect(audit(again)[0]).toMatchObject({
    ...{ rule: 'distinct-queries', round: 1 },
    finding: 'A query must name rows without a label, and row 1 has had one since round 0.',
  });
});

test.each<[string, number, Change, RegExp]>([
  ['a query of one row less', 1, less, /make 10 rows here, and 9 are asked for/],
  ['one of one row more', 1, more, /make 10 rows here, and 11 are asked for/],
  ['a label that nobody gave', 2, ({ numLabels }) => ({ numLabels: numLabels + 1 }), /were 40 labels.*on 41/],
  ['an answer too few', 1, ({ answers }) => ({ answers: answers.slice(1) }), /10 rows have 9/],
  ['a last query', 4, more, /make 0 rows here, and 1 are asked for/],
])('planned-grid: %s', (_, round, change, finding) => {
  const problems = audit(changed('entropy', round, change));
  expect(problems).toMatchObject([{ rule: 'planned-grid', strategy: 'entropy', seed: 1 }]);
  expect(problems[0]?.finding).toMatch(finding);
});

/** Unanswered, so that the numbers of labels stay right. */
function less({ queriedRows, answers }: RoundRecord): Partial<RoundRecord> {
  return { queriedRows: queriedRows.slice(1), answers: answers.slice(1) };
}

function more({ queriedRows, answers }: RoundRecord): Partial<RoundRecord> {
  return { queriedRows: [...queriedRows, 5000], answers: [...answers, -1] };
}

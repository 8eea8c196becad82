/** `--adaptive`, its judge put in its place: who is looked at again, with which seeds, at which alpha, and when it ends. */
import { expect, test } from 'vitest';
import { type Look, lookUntilDecided } from '../../../src/cli/check/lookUntilDecided.ts';
import type { CellOutcome, CellVerdict, CheckReport } from '../../../src/verdict/checkReport.ts';

const key = (strategy: string) => ({
  ...{ dataset: 'digits', model: 'mlp', oracle: 'perfect', initialPoolSize: 20, queryBatchSize: 10 },
  strategy,
});

/** A strategy is undecided until it has so many seeds; then it is what it is. */
interface Fate {
  readonly strategy: string;
  readonly decidedAt: number;
  readonly outcome: CellOutcome;
  readonly isIgnored?: boolean;
}

function judgeOf(
  fates: readonly Fate[],
  asked: Look[],
  { failsAt = Number.POSITIVE_INFINITY, invariantAt = 0 } = {},
) {
  return async (look: Look): Promise<CheckReport> => {
    asked.push(look);
    const cells = fates.map(({ strategy, decidedAt, outcome, isIgnored = false }, i): CellVerdict => {
      const seeds = look.seedsOf(key(strategy));
      return {
        ...key(strategy),
        // Holm's factor, and so a verdict, may change with what becomes of others: what was decided must not.
        outcome: seeds.length === decidedAt && seeds.length === look.seeds.length ? outcome : 'inconclusive',
        ...{ isIgnored, margin: 0.01, seeds, baselineMean: 0.8, currentMean: 0.8, gains: [] },
        gain: { numValues: seeds.length, mean: i / 100 },
        ...{ pValue: 1, adjustedPValue: 1, baselineCurve: [], currentCurve: [] },
      };
    });
    const failed = look.seeds.length >= failsAt ? [{ ...key('random'), seed: 0, reason: 'no luck' }] : [];
    const invariants = [
      {
        ...{ text: 'a > b', group: 'digits', finding: `${look.seeds.length} seeds` },
        outcome: look.seeds.length === invariantAt ? ('holds' as const) : ('inconclusive' as const),
      },
    ].slice(invariantAt === 0 ? 1 : 0);
    return {
      ...{ name: 'ci', baseline: 'ci.json', metric: 'accuracy', margin: 0.01, alpha: look.alpha },
      ...{ cells, missing: [], failed, invariants, audit: [], warnings: [] },
      identity: { outcome: 'not-comparable', reasons: [] },
    };
  };
}

const looks = [
  [0, 1],
  [0, 1, 2, 3],
  [0, 1, 2, 3, 4, 5, 6, 7],
] as const;
const never = () => undefined;
const outcomesOf = ({ cells }: CheckReport) =>
  cells.map(({ strategy, outcome, seeds }) => [strategy, outcome, seeds.length]);

test('a decided cell keeps its verdict and its seeds; the others get more', async () => {
  const asked: Look[] = [];
  const fates: Fate[] = [
    { strategy: 'late', decidedAt: 8, outcome: 'regressed' },
    { strategy: 'early', decidedAt: 2, outcome: 'unchanged' },
    { strategy: 'next', decidedAt: 4, outcome: 'improved' },
  ];
  const report = await lookUntilDecided({
    looks,
    alpha: 0.06,
    judge: judgeOf(fates, asked),
    reasonToStop: never,
  });
  expect(outcomesOf(report)).toEqual([
    ['late', 'regressed', 8],
    ['early', 'unchanged', 2],
    ['next', 'improved', 4],
  ]);
  expect(asked.map(({ alpha }) => alpha)).toEqual([0.02, 0.02, 0.02]);
  expect(asked.map(({ seedsOf }) => seedsOf(key('early')).length)).toEqual([2, 2, 2]);
  expect(report.warnings).toEqual([
    'Up to 3 looks were planned, at 2, 4, 8 seeds, and 3 made: alpha 0.06 is split evenly over them, and each judges at 0.02.',
  ]);
});

test('ends as soon as all are decided, and an ignored cell asks for nothing', async () => {
  const asked: Look[] = [];
  const fates: Fate[] = [
    { strategy: 'a', decidedAt: 4, outcome: 'unchanged' },
    { strategy: 'b', decidedAt: 99, outcome: 'unchanged', isIgnored: true },
  ];
  await lookUntilDecided({ looks, alpha: 0.05, judge: judgeOf(fates, asked), reasonToStop: never });
  expect(asked).toHaveLength(2);
});

test('ends where trials fail, where the budget is spent, and after the last look', async () => {
  const fates: Fate[] = [{ strategy: 'a', decidedAt: 99, outcome: 'unchanged' }];
  const failing: Look[] = [];
  await lookUntilDecided({
    looks,
    alpha: 0.05,
    judge: judgeOf(fates, failing, { failsAt: 4 }),
    reasonToStop: never,
  });
  expect(failing).toHaveLength(2);
  const short: Look[] = [];
  const spent = await lookUntilDecided({
    looks,
    alpha: 0.05,
    judge: judgeOf(fates, short),
    reasonToStop: () => 'No time.',
  });
  expect(short).toHaveLength(1);
  expect(spent.warnings).toEqual([expect.stringContaining('and 1 made'), 'No time.']);
  const all: Look[] = [];
  const report = await lookUntilDecided({
    looks,
    alpha: 0.05,
    judge: judgeOf(fates, all),
    reasonToStop: never,
  });
  expect(all).toHaveLength(3);
  expect(outcomesOf(report)).toEqual([['a', 'inconclusive', 8]]);
});

test('an invariant that is not decided asks for seeds of all cells, whose verdicts stay', async () => {
  const asked: Look[] = [];
  const fates: Fate[] = [{ strategy: 'a', decidedAt: 2, outcome: 'unchanged' }];
  const judge = judgeOf(fates, asked, { invariantAt: 4 });
  const report = await lookUntilDecided({ looks, alpha: 0.05, judge, reasonToStop: never });
  expect(asked.map(({ seedsOf }) => seedsOf(key('a')).length)).toEqual([2, 4]);
  expect(outcomesOf(report)).toEqual([['a', 'unchanged', 2]]);
  expect(report.invariants).toMatchObject([{ outcome: 'holds', finding: '4 seeds' }]);
});

test('a single look has all of alpha, and says nothing', async () => {
  const asked: Look[] = [];
  const fates: Fate[] = [{ strategy: 'a', decidedAt: 99, outcome: 'unchanged' }];
  const report = await lookUntilDecided({
    looks: [[0, 1]],
    alpha: 0.05,
    judge: judgeOf(fates, asked),
    reasonToStop: never,
  });
  expect(asked.map(({ alpha }) => alpha)).toEqual([0.05]);
  expect(report.warnings).toEqual([]);
});

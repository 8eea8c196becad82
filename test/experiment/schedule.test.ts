import { describe, expect, it } from 'vitest';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { longestFirst, nextPack } from '../../src/experiment/schedule.ts';
import type { Trial } from '../../src/store/record.ts';

async function trialsOf(changes: object): Promise<readonly Trial[]> {
  const { trials } = await planFrom({
    ...{ name: 'schedule', dataset: 'digits', model: 'mlp', strategy: ['random', 'margin'], seed: '0-1' },
    ...{ initialPoolSize: [20, 100], queryBatchSize: 10, rounds: 3 },
    ...changes,
  });
  return trials;
}

describe('longestFirst', () => {
  it('puts large pools first and leaves cohorts together', async () => {
    const ordered = longestFirst(await trialsOf({}));
    expect(ordered.map(({ identity }) => identity.initialPoolSize)).toEqual([
      100, 100, 100, 100, 20, 20, 20, 20,
    ]);
    const cohorts = ordered.map(({ cohort }) => cohort);
    expect(cohorts.filter((cohort, i) => cohort !== cohorts[i - 1]).length).toBe(new Set(cohorts).size);
  });
});

it('counts the trainings by which a bound tries rows', async () => {
  const strategy = ['random', { name: 'oracle-greedy', candidates: 30 }];
  const ordered = longestFirst(await trialsOf({ strategy }));
  const names = ordered.map(({ identity }) => `${identity.strategy.name} ${identity.initialPoolSize}`);
  expect(names).toEqual([
    ...['oracle-greedy 100', 'oracle-greedy 100', 'oracle-greedy 20', 'oracle-greedy 20'],
    ...['random 100', 'random 100', 'random 20', 'random 20'],
  ]);
});

describe('nextPack', () => {
  it('stays in its cohort, then takes one nobody has begun, then any, then none', async () => {
    const pending = (await trialsOf({ initialPoolSize: 20 })).map((trial) => [trial]);
    const [first, second] = [pending[0]?.[0]?.cohort, pending[2]?.[0]?.cohort];
    if (first === undefined || second === undefined)
      throw new Error('The plan has two cohorts of two trials.');
    expect(nextPack(pending, second, new Set([first, second]))).toBe(2);
    expect(nextPack(pending, undefined, new Set([first]))).toBe(2);
    expect(nextPack(pending, 'another', new Set([first, second]))).toBe(3);
    expect(nextPack([], first, new Set([first]))).toBe(-1);
  });
});

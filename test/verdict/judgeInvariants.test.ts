import { expect, test } from 'vitest';
import { type CheckRules, defaultCheckRules } from '../../src/experiment/checkRules.ts';
import { parseInvariant } from '../../src/experiment/parseInvariant.ts';
import { judgeInvariants } from '../../src/verdict/judgeInvariants.ts';
import { baselineCells } from '../../src/verdict/makeBaseline.ts';
import { flatTrials } from './cellPairs.ts';

const labels = ['random', 'margin', 'entropy'];

/** Areas of `random` scatter by 0.05 over seeds; those of the others are as much above them as `gains` say. */
const base = [0.78, 0.79, 0.8, 0.81, 0.82, 0.83];
const steady = [0.019, 0.02, 0.021, 0.019, 0.02, 0.021];

function judge(text: string, gains: readonly number[], rules: Partial<CheckRules> = {}, pools = [20]) {
  const parsed = parseInvariant(text, labels);
  if (!('invariant' in parsed)) throw new Error(parsed.problem);
  const trials = pools.flatMap((initialPoolSize) => [
    ...flatTrials(base.slice(0, gains.length), { strategy: 'random', initialPoolSize }),
    ...flatTrials(
      gains.map((gain, i) => (base[i] as number) + gain),
      { strategy: 'margin', initialPoolSize },
    ),
  ]);
  return judgeInvariants(baselineCells(trials), {
    ...defaultCheckRules,
    ...rules,
    invariants: [parsed.invariant],
  });
}

const outcome = (text: string, gains: readonly number[], rules: Partial<CheckRules> = {}) =>
  judge(text, gains, rules)[0]?.outcome;

const wild = [-0.1, 0.2, -0.15, 0.12, 0.3, -0.25];

test('> holds where the interval of the paired difference says so', () => {
  expect(outcome('margin > random by 0.01', steady)).toBe('holds');
  expect(outcome('margin > random by 0.03', steady)).toBe('broken');
  expect(outcome('margin > random by 0.02', steady)).toBe('inconclusive');
  expect(outcome('random > margin', steady)).toBe('broken');
  expect(outcome('margin > random', wild)).toBe('inconclusive');
});

test('two strategies that do the same are not one above the other', () => {
  const equal = steady.map(() => 0);
  expect(judge('margin > random', equal)).toEqual([
    {
      ...{ text: 'margin > random', group: 'digits, mlp, initial pool 20', outcome: 'broken' },
      finding:
        'The gain of margin over random is 0.0000 (0.0000 to 0.0000, 6 seeds): surely not more than 0.',
    },
  ]);
  expect(outcome('margin >= random', equal)).toBe('holds');
});

test('>= is broken only where the loss is sure', () => {
  expect(outcome('random >= margin', steady)).toBe('broken');
  expect(outcome('random >= margin', wild)).toBe('holds');
  expect(outcome('margin >= random by 0.03', steady)).toBe('broken');
});

test('within is about the mean with the spread of its seeds; a mean inside is no proof', () => {
  expect(outcome('random within [0.7, 0.9]', steady)).toBe('holds');
  expect(outcome('random within [0.9, 0.95]', steady)).toBe('broken');
  expect(outcome('random within [0.2, 0.5]', steady)).toBe('broken');
  const [open] = judge('random within [0.8, 0.81]', steady);
  expect(open?.outcome).toBe('inconclusive');
  expect(open?.finding).toMatch(
    /^The mean AUBC of random is 0\.8050 \(0\.7\d+ to 0\.8\d+, 6 seeds\): whether it is within 0\.8 to 0\.81, so many seeds cannot tell\.$/,
  );
});

test('of a metric that is better the lower, above means better, and a range is what was measured', () => {
  const rules: Partial<CheckRules> = { metric: 'nll' };
  expect(outcome('margin > random by 0.05', steady, rules)).toBe('holds');
  expect(outcome('random within [0.4, 0.8]', steady, rules)).toBe('holds');
  expect(outcome('random within [-0.8, -0.4]', steady, rules)).toBe('broken');
});

test('each group is looked at by itself, with intervals for all of them together', () => {
  const one = judge('margin > random', steady)[0]?.finding;
  const two = judge('margin > random', steady, {}, [20, 50]);
  expect(two.map(({ group }) => group)).toEqual([
    'digits, mlp, initial pool 20',
    'digits, mlp, initial pool 50',
  ]);
  const width = (finding = '') => {
    const [, lower, upper] = /\((\S+) to (\S+),/.exec(finding) ?? [];
    return Number(upper) - Number(lower);
  };
  expect(width(two[0]?.finding)).toBeGreaterThan(width(one));
});

test('one seed and a missing strategy leave it open', () => {
  expect(judge('margin > random', [0.3])[0]).toMatchObject({
    outcome: 'inconclusive',
    finding: 'The gain of margin over random is 0.3000 (1 seed): one seed says nothing of its spread.',
  });
  expect(outcome('random >= margin', [0.3])).toBe('inconclusive');
  expect(judge('margin > entropy', steady)[0]).toMatchObject({
    outcome: 'inconclusive',
    finding: 'entropy has no finished trial here.',
  });
});

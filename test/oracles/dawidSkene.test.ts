/** Against crowd-kit 1.4.2, by scripts/fixtures/dawid_skene.py. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fitDawidSkene, logJoint, type Votes } from '../../src/oracles/dawidSkene.ts';

interface Case {
  readonly numClasses: number;
  readonly iterations: number;
  readonly votes: readonly (readonly number[])[];
  readonly posteriors: readonly (readonly number[])[];
  readonly priors: readonly number[];
  readonly confusions: readonly (readonly (readonly number[])[])[];
}

const { cases } = JSON.parse(
  readFileSync(new URL('../fixtures/dawid-skene.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] };

function votesOf({ votes, numClasses }: Case): Votes {
  const numAnnotators = votes[0]?.length ?? 0;
  return { labels: Int32Array.from(votes.flat()), numAnnotators, numClasses };
}

const differences = (ours: Float64Array, theirs: readonly number[]) =>
  Math.max(...theirs.map((value, i) => Math.abs(Math.exp(ours[i] as number) - value)));

test.each(cases.map((each, i) => [i, each] as const))(
  'case %i: parameters and posteriors agree',
  (_, each) => {
    const model = fitDawidSkene(votesOf(each), { maximumIterations: each.iterations, tolerance: -1 });
    expect(differences(model.logPriors, each.priors)).toBeLessThan(1e-9);
    expect(differences(model.logConfusions, each.confusions.flat(2))).toBeLessThan(1e-9);
    each.votes.forEach((votes, i) => {
      const scores = logJoint(votes, model);
      const theirs = each.posteriors[i] ?? [];
      expect(scores.indexOf(Math.max(...scores))).toBe(theirs.indexOf(Math.max(...theirs)));
    });
  },
);

test('the likelihood of the votes never falls, and iterations end where it rests', () => {
  for (const each of cases) {
    const { logLikelihoods } = fitDawidSkene(votesOf(each), { maximumIterations: 1000 });
    logLikelihoods.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThan((logLikelihoods[i] as number) - 1e-7);
    });
    expect(logLikelihoods.length).toBeLessThan(1000);
  }
});

test('votes that all agree leave no doubt', () => {
  const labels = Int32Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  const model = fitDawidSkene({ labels, numAnnotators: 3, numClasses: 3 });
  for (const c of [0, 1, 2]) {
    const scores = logJoint([c, c, c], model);
    expect(scores.indexOf(Math.max(...scores))).toBe(c);
  }
});

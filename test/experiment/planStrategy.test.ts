/** Strategies in a plan: written out, part of the id, and refused where model or data cannot give what they ask for. */
import { expect, test } from 'vitest';
import { planExperiment } from '../../src/experiment/plan.ts';
import type { NamedStrategyConfig } from '../../src/strategies/strategyConfig.ts';
import { parse, refusal, sampleContext, specText } from './sampleSpec.ts';

const plan = (strategy: string, model = 'mlp') =>
  planExperiment(parse(specText({ strategy, model })), sampleContext);
const ensemble = '{preset: mlp, samples: {kind: ensemble, count: 3}}';

test('a selector is part of the id with its version and options; top-k is no selector', () => {
  const { trials } = plan(
    '[margin, {name: margin, selector: power}, {name: margin, selector: {name: power, beta: 2}, label: b}]',
  );
  expect(trials.map(({ labels }) => labels.strategy)).toEqual(['margin', 'margin+power', 'b']);
  expect(new Set(trials.map(({ id }) => id)).size).toBe(3);
  const selectorsMet = trials.map(({ identity }) => (identity.strategy as NamedStrategyConfig).selector);
  expect(selectorsMet).toEqual([
    undefined,
    { name: 'power', version: 1, options: { beta: 1 } },
    { name: 'power', version: 1, options: { beta: 2 } },
  ]);
  const [explicit] = plan('{name: margin, selector: top-k}').trials;
  expect(explicit?.id).toBe(trials[0]?.id);
  expect(() => plan('[margin, {name: margin, selector: top-k, label: other}]')).toThrow(
    refusal('duplicate-entry', /"margin" and "other"/),
  );
});

test('a mixture holds its parts and their shares, whatever unit the weights are in', () => {
  const [a, b, c] = [
    '{mixture: [margin, random], weights: [3, 1]}',
    '{mixture: [margin, random], weights: [0.75, 0.25]}',
    '{mixture: [margin, random]}',
  ].map((strategy) => plan(strategy).trials[0]);
  expect(a?.labels.strategy).toBe('margin & random');
  expect(a?.id).toBe(b?.id);
  expect(a?.id).not.toBe(c?.id);
});

test.each(['bald', 'batch-bald', 'qbc-kl', '{mixture: [random, epig]}', '{name: mean-std, selector: power}'])(
  '%s needs samples: a model with one prediction is refused, with what helps',
  (strategy) => {
    expect(() => plan(strategy)).toThrow(
      refusal('unmet-need', /needs several samples .* "mlp" gives one.*kind: ensemble.*mlp-dropout/),
    );
    expect(plan(strategy, ensemble).trials).toHaveLength(1);
  },
);

test('a class is a name or a number of the data set', () => {
  expect(
    plan('[{name: class-entropy, class: 3}, {name: class-probability, class: "3", order: low}]').trials,
  ).toHaveLength(2);
  expect(() => plan('{name: class-entropy, class: 10}')).toThrow(
    refusal('unknown-class', /one of the 10 classes of digits.*met 10/),
  );
  expect(() => plan('{name: class-entropy, class: threee}')).toThrow(
    refusal('unknown-class', /Unknown class of digits "threee"/),
  );
});

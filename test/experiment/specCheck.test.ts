import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultCheckRules, rulesOf } from '../../src/experiment/checkRules.ts';
import { parseInvariant } from '../../src/experiment/parseInvariant.ts';
import { planExperiment } from '../../src/experiment/plan.ts';
import { parse, problems, sampleContext, specText } from './sampleSpec.ts';

const strategy = '[random, margin, entropy, {name: bald, label: bald (power)}]';

test('a spec without a check part has the default rules, and its plan says nothing of them', () => {
  const plan = planExperiment(parse(specText()), sampleContext);
  expect(plan.spec).not.toHaveProperty('check');
  expect(rulesOf(plan)).toEqual(defaultCheckRules);
  expect(rulesOf({ spec: { check: { margin: 0.5 } } })).toEqual({ ...defaultCheckRules, margin: 0.5 });
});

test('rules are read, completed, and stand in the resolved spec, where they change no trial', () => {
  const check = `
  metric: nll
  margin: 0.02
  exceptions:
    - { strategy: bald (power), margin: 0.05 }
    - { strategy: entropy, ignore: true }
  invariants:
    - margin > random by 0.01
    - bald (power) >= entropy
    - random within [0.83, 0.86]
  speed: true`;
  const model = '{ preset: mlp-dropout, samples: { kind: mc-dropout, count: 4 } }';
  const plan = planExperiment(parse(specText({ model, strategy, check })), sampleContext);
  expect(rulesOf({ spec: JSON.parse(JSON.stringify(plan.spec)) })).toEqual({
    ...{ metric: 'nll', margin: 0.02, alpha: 0.05, mostSeeds: 50, speed: { factor: 1.25 } },
    exceptions: [
      { strategy: 'bald (power)', margin: 0.05 },
      { strategy: 'entropy', ignore: true },
    ],
    invariants: [
      {
        ...{ kind: 'above', text: 'margin > random by 0.01', strategy: 'margin', other: 'random' },
        ...{ by: 0.01, isStrict: true },
      },
      {
        ...{ kind: 'above', text: 'bald (power) >= entropy', strategy: 'bald (power)', other: 'entropy' },
        ...{ by: 0, isStrict: false },
      },
      {
        ...{ kind: 'within', text: 'random within [0.83, 0.86]', strategy: 'random', range: [0.83, 0.86] },
      },
    ],
  });
  const unchecked = planExperiment(parse(specText({ model, strategy })), sampleContext);
  expect(plan.trials).toEqual(unchecked.trials);
});

const known = 'random, margin, entropy, bald (power)';

test.each<[check: string, location: string, problem: string]>([
  ['{margin: -1}', '8:17', 'check.margin: must be at least 0; met -1'],
  ['{alpha: 0}', '8:16', 'check.alpha: must be above 0; met 0'],
  [
    '{metric: acuracy}',
    '8:17',
    'check.metric: must be one of accuracy, nll, macroF1, brier, ece; met "acuracy"; did you mean "accuracy"?',
  ],
  ['{invariant: [a]}', '8:9', 'check.invariant: is unknown; did you mean "invariants"?'],
  [
    '{exceptions: [{strategy: random, margin: 1}, {strategy: random, ignore: true}]}',
    '8:64',
    'check.exceptions[1].strategy: must not repeat; met "random" again; leave one out',
  ],
  [
    '{exceptions: [{strategy: random}]}',
    '8:22',
    'check.exceptions[0]: must have a "margin" or "ignore: true"; met neither',
  ],
  [
    '{exceptions: [{strategy: randm, ignore: true}]}',
    '8:33',
    `check.exceptions[0].strategy: must name a strategy of this spec, by its label: ${known}; met "randm"; did you mean "random"?`,
  ],
  [
    '{invariants: [margin > random, bald (powr) >= random by 0.01]}',
    '8:39',
    `check.invariants[1]: must name a strategy of this spec, by its label: ${known}; met "bald (powr)"; did you mean "bald (power)"?`,
  ],
  [
    '{invariants: [margin beats random]}',
    '8:22',
    'check.invariants[0]: must be like "margin > random by 0.01", "bald >= entropy" or "random within [0.83, 0.86]"; met "margin beats random"',
  ],
  [
    '{invariants: ["random within [0.9, 0.8]"]}',
    '8:22',
    'check.invariants[0]: must have a range that ascends; met [0.9, 0.8]; write [0.8, 0.9]',
  ],
  [
    '{invariants: [random > random]}',
    '8:22',
    'check.invariants[0]: must compare two strategies; met "random > random"',
  ],
])('%s', (check, location, problem) => {
  const model = '{ preset: mlp-dropout, samples: { kind: mc-dropout, count: 4 } }';
  expect(problems(specText({ model, strategy, check }))).toEqual([`lab/sample.yaml:${location}: ${problem}`]);
});

test('a strategy that another model asks by goes by what results will call it', () => {
  const changes = { strategy: '[random, margin]', queryModel: '[logistic, {preset: mlp, label: big}]' };
  const rules = (invariant: string) =>
    rulesOf({ spec: parse(specText({ ...changes, check: `{invariants: [${invariant}]}` })) });
  expect(rules('margin by big >= margin by logistic by 0.01').invariants).toMatchObject([
    { strategy: 'margin by big', other: 'margin by logistic', by: 0.01 },
  ]);
  expect(problems(specText({ ...changes, check: '{invariants: [margin by mlp > random]}' })).join()).toMatch(
    /random, margin, random by logistic, .*margin by big; met "margin by mlp"; did you mean "margin by big"\?$/,
  );
});

test('an operator the wrong way round is explained', () => {
  expect(parseInvariant('random < margin', ['random', 'margin'])).toEqual({
    problem: expect.stringMatching(/met "random < margin"; write the better strategy first, with > or >=$/),
  });
});

test('labels may hold operators, brackets, "by" and "within"', () => {
  const label = fc
    .array(fc.constantFrom('a', 'by', '1', '0.5', '>', '>=', 'within', '[0, 1]', '(x)'), {
      minLength: 1,
      maxLength: 4,
    })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(label, label, fc.double({ min: 0, max: 1, noNaN: true }), (strategy, other, by) => {
      fc.pre(strategy !== other);
      const text = `${strategy} > ${other} by ${by}`;
      const parsed = parseInvariant(text, [strategy, other]);
      const meant = { kind: 'above', text, strategy, other, by, isStrict: true };
      // Rarely another reading is as good; then nothing is guessed.
      if ('invariant' in parsed) expect(parsed.invariant).toEqual(meant);
      else expect(parsed.problem).toMatch(/one meaning/);
    }),
  );
});

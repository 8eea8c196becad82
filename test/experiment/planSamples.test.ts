import { expect, test } from 'vitest';
import { planExperiment } from '../../src/experiment/plan.ts';
import { type Changes, parse, refusal, sampleContext, specText } from './sampleSpec.ts';

const plan = (changes: Changes) => planExperiment(parse(specText(changes)), sampleContext);
const dropoutModel = (samples: string) => ({ model: `{preset: mlp-dropout, samples: ${samples}}` });

test('samples and scoring are part of a trial’s identity where they are asked for, and only there', () => {
  const [plain] = plan({ model: 'mlp-dropout' }).trials;
  expect(plain?.identity).not.toHaveProperty('scoring');
  expect(plain?.identity.model).not.toHaveProperty('samples');
  const [sampled] = plan({
    ...dropoutModel('{kind: mc-dropout, count: 10}'),
    scoring: '{poolSubset: 50}',
  }).trials;
  expect(sampled?.identity.model.samples).toStrictEqual({ kind: 'mc-dropout', count: 10 });
  expect(sampled?.identity.scoring).toEqual({ poolSubset: 50 });
});

test.each<[Changes, Changes]>([
  [{ model: 'mlp-dropout' }, dropoutModel('{kind: mc-dropout, count: 1}')],
  [dropoutModel('{kind: mc-dropout, count: 5}'), dropoutModel('{kind: mc-dropout, count: 6}')],
  [dropoutModel('{kind: mc-dropout, count: 5}'), dropoutModel('{kind: ensemble, count: 5}')],
  [
    dropoutModel('{kind: mc-dropout, count: 5}'),
    dropoutModel('{kind: mc-dropout, count: 5, masks: per-row}'),
  ],
  [
    dropoutModel('{kind: mc-dropout, count: 5}'),
    dropoutModel('{kind: mc-dropout, count: 5, evaluate: true}'),
  ],
  [{}, { scoring: '{poolSubset: 50}' }],
  [{ scoring: '{poolSubset: 51}' }, { scoring: '{poolSubset: 50}' }],
])('%j and %j have different ids and cohorts', (one, other) => {
  const [a, b] = [plan(one).trials[0], plan(other).trials[0]];
  expect(a?.id).not.toBe(b?.id);
  expect(a?.cohort).not.toBe(b?.cohort);
});

test.each(['evaluate: false', 'masks: shared'])('"%s" says what its absence says', (words) => {
  const samples = 'kind: mc-dropout, count: 5';
  const [one, other] = [`{${samples}}`, `{${samples}, ${words}}`].map(dropoutModel);
  expect(plan(one ?? {}).trials).toEqual(plan(other ?? {}).trials);
});

test('an ensemble has no masks of its rows', () => {
  const changes = dropoutModel('{kind: ensemble, count: 5, masks: per-row}');
  expect(() => plan(changes)).toThrow(/masks: is an option of mc-dropout.*Leave it out/);
});

test.each(['batch-bald', 'epig'])('%s needs samples that are one network for all rows', (strategy) => {
  const changes = { ...dropoutModel('{kind: mc-dropout, count: 5, masks: per-row}'), strategy };
  const message = /looks at rows together.*"mlp-dropout" have masks per row\. Give it masks: shared\./;
  expect(() => plan(changes)).toThrow(refusal('unmet-need', message));
  expect(plan({ ...dropoutModel('{kind: mc-dropout, count: 5}'), strategy }).trials).toHaveLength(1);
  expect(plan({ ...changes, strategy: 'bald' }).trials).toHaveLength(1);
});

test.each([
  '{preset: mlp, samples: {kind: mc-dropout, count: 5}}',
  '{label: mlp, layers: [{dense: 8}, {dropout: 0}, {dense: 10}], samples: {kind: mc-dropout, count: 5}}',
])('%s has no masks to sample', (model) => {
  const message = /needs a dropout layer.*"mlp" has none\. Add "dropout: 0\.5"/;
  expect(() => plan({ model })).toThrow(refusal('no-dropout', message));
});

test('an ensemble needs no dropout', () => {
  expect(plan({ model: '{preset: mlp, samples: {kind: ensemble, count: 2}}' }).trials).toHaveLength(1);
});

test('a strategy sees at least the rows that it is to pick', () => {
  const changes = { scoring: '{poolSubset: 9}', queryBatchSize: '[5, 10]' };
  const message = /"poolSubset" is 9, and a query takes 10 rows\. Raise/;
  expect(() => plan(changes)).toThrow(refusal('bad-scoring', message));
});

test.each<[Changes, RegExp]>([
  [dropoutModel('{kind: mc-dropout, count: 0}'), /^lab\/sample\.yaml:2:\d+: model\.samples\.count: .*met 0/],
  [
    dropoutModel('{kind: mc-dropout, count: 2.5}'),
    /^lab\/sample\.yaml:2:\d+: model\.samples\.count: .*met 2\.5/,
  ],
  [
    dropoutModel('{kind: mc-dropuot, count: 5}'),
    /^lab\/sample\.yaml:2:\d+: model\.samples\.kind: .*"mc-dropout"/,
  ],
  [dropoutModel('{kind: ensemble}'), /^lab\/sample\.yaml:2:\d+: model\.samples\.count: is required/],
  [{ scoring: '{poolSubset: 0}' }, /^lab\/sample\.yaml:8:\d+: scoring\.poolSubset: .*met 0/],
  [{ scoring: '{}' }, /^lab\/sample\.yaml:8:\d+: scoring\.poolSubset: is required/],
])('%j: the problem has its line and column', (changes, message) => {
  expect(() => plan(changes)).toThrow(refusal('invalid-spec', message));
});

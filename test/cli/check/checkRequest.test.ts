/** Options that contradict each other or cannot be meant. */
import { expect, test } from 'vitest';
import { type CheckWords, parseRequest, rulesFor } from '../../../src/cli/check/checkRequest.ts';
import { sharedFolder } from '../../folders.ts';

const folder = sharedFolder();

const plain: CheckWords = {
  ...{ target: 'ci.yaml', baseline: 'ci.json', update: false, adaptive: false, strict: false },
  ...{ allowMissing: false, format: [], speed: false, set: [] },
};

test('a plain check', () => {
  expect(parseRequest(plain)).toMatchObject({
    target: { kind: 'spec', path: 'ci.yaml' },
    compareWith: { kind: 'file', path: 'ci.json' },
    rules: {},
    changes: [],
  });
});

test('overrides become rules, and lines of the spec', () => {
  const words = {
    ...plain,
    baseline: undefined,
    against: 'main',
    adaptive: true,
    maxSeeds: '40',
    maxMinutes: '2.5',
  };
  const request = parseRequest({
    ...words,
    metric: 'nll',
    margin: '0',
    alpha: '0.1',
    speed: true,
    seeds: '3',
  });
  expect(request).toMatchObject({
    compareWith: { kind: 'revision', revision: 'main' },
    adaptive: { mostSeeds: 40, mostMinutes: 2.5 },
    changes: [{ assignment: 'seed=0-2', typed: '--seeds 3' }],
  });
  const stated = { margin: 0.5, speed: { factor: 2 }, mostSeeds: 9 };
  const chosen = { metric: 'nll', margin: 0, alpha: 0.1 };
  expect(rulesFor({ spec: { check: stated } }, request)).toMatchObject({ ...stated, ...chosen });
  expect(rulesFor({ spec: {} }, request)).toMatchObject({
    ...chosen,
    speed: { factor: 1.25 },
    mostSeeds: 50,
  });
  expect(rulesFor({ spec: {} }, parseRequest(plain))).not.toHaveProperty('speed');
});

test.each<[words: Partial<CheckWords>, says: string]>([
  [{ against: 'main' }, 'there are --baseline ci.json and --against main. Leave one out'],
  [{ baseline: undefined }, 'there is neither --baseline nor --against'],
  [{ baseline: undefined, against: 'main', update: true }, '--update writes the file of --baseline'],
  [{ adaptive: true, update: true }, '--update accepts the seeds of the spec, and --adaptive chooses others'],
  [{ maxSeeds: '20' }, '--max-seeds limit --adaptive, and there is none'],
  [{ adaptive: true, maxSeeds: 'none' }, '--max-seeds must be a whole number of at least 1, and is "none"'],
  [{ adaptive: true, maxMinutes: '0' }, '--max-minutes must be a number of minutes above 0, and is "0"'],
  [{ metric: 'acuracy' }, 'Unknown --metric "acuracy". Did you mean "accuracy"?'],
  [{ margin: '-1' }, '--margin must be a number of at least 0, and is "-1"'],
  [{ margin: '' }, '--margin must be a number of at least 0, and is ""'],
  [{ alpha: '5' }, '--alpha must be a probability above 0 and at most 0.5, and is "5"'],
  [{ format: ['xml'] }, 'Unknown --format "xml"'],
  [{ workers: '0' }, '--workers must be a whole number of at least 1'],
  [{ seeds: 'x' }, '--seeds must be a count (10)'],
  [{ target: folder, seeds: '3', workers: '2' }, '--seeds, --workers are for running a spec, and'],
  [{ target: folder, baseline: undefined, against: 'main' }, '--against is for running a spec'],
])('%j', (words, says) => {
  expect(() => parseRequest({ ...plain, ...words })).toThrow(says);
});

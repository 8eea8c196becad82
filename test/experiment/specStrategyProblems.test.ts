/** What is wrong with an entry of the strategy axis, with line and column. */
import { expect, test } from 'vitest';
import { problems, sampleVocabulary, specText } from './sampleSpec.ts';

const strategyNames = Object.keys(sampleVocabulary.strategies).join(', ');
const selectorNames = Object.keys(sampleVocabulary.selectors).join(', ');

test.each<[key: string, value: string, location: string, problem: string]>([
  [
    'strategy',
    '[random, margn]',
    '3:20',
    `strategy[1]: must be one of ${strategyNames}; met "margn"; did you mean "margin"?`,
  ],
  [
    'strategy',
    '{name: densty}',
    '3:18',
    `strategy.name: must be one of ${strategyNames}; met "densty"; did you mean "density"?`,
  ],
  ['strategy', '{name: density, btea: 1}', '3:27', 'strategy.btea: is unknown; did you mean "beta"?'],
  ['strategy', '{name: density, beta: -1}', '3:33', 'strategy.beta: must be at least 0; met -1'],
  [
    'strategy',
    '{name: margin, beta: 1}',
    '3:26',
    'strategy.beta: is unknown; known here: name, label, selector',
  ],
  ['strategy', '{label: x}', '3:11', 'strategy.name: is required'],
  [
    'strategy',
    '{name: margin, selector: pwer}',
    '3:36',
    `strategy.selector: must be one of ${selectorNames}; met "pwer"; did you mean "power"?`,
  ],
  [
    'strategy',
    '{name: margin, selector: {name: power, betta: 1}}',
    '3:50',
    'strategy.selector.betta: is unknown; did you mean "beta"?',
  ],
  [
    'strategy',
    '{name: margin, selector: {name: power, beta: 0}}',
    '3:56',
    'strategy.selector.beta: must be above 0; met 0',
  ],
  [
    'strategy',
    '{name: random, selector: power}',
    '3:26',
    'strategy.selector: is unknown; known here: name, label',
  ],
  ['strategy', '{mixture: [margin]}', '3:21', 'strategy.mixture: must be a list of at least two strategies'],
  [
    'strategy',
    '{mixture: [margin, randm]}',
    '3:30',
    `strategy.mixture[1]: must be one of ${strategyNames}; met "randm"; did you mean "random"?`,
  ],
  [
    'strategy',
    '{mixture: [margin, random], weights: [1]}',
    '3:48',
    'strategy.weights: must be as many as the strategies of "mixture", which are 2; met 1',
  ],
  [
    'strategy',
    '{mixture: [margin, random], weight: [1, 2]}',
    '3:39',
    'strategy.weight: is unknown; did you mean "weights"?',
  ],
  ['strategy', '{name: ./mine.mjs, timeout: 0}', '3:39', 'strategy.timeout: must be above 0; met 0'],
])('%s: %s', (key, value, location, problem) => {
  const [line = '', ...others] = problems(specText({ [key]: value }));
  expect(others).toEqual([]);
  expect(line.slice(0, line.indexOf(': '))).toBe(`lab/sample.yaml:${location}`);
  expect(line.slice(line.indexOf(': ') + 2)).toEqual(problem);
});

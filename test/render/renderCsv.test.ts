import { expect, test } from 'vitest';
import { csvText, renderCsv, renderSelectionsCsv } from '../../src/render/index.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

test('one row per round, with exactly the columns that the format has', () => {
  const trial = syntheticTrial({ strategy: 'margin', seed: 3, accuracies: [0.5, 0.75], id: '00ff' });
  expect(renderCsv([trial])).toBe(
    `dataset,model,strategy,initial_pool_size,query_batch_size,oracle,seed,round,num_labels,test_accuracy,test_nll,fit_seconds,score_seconds,select_seconds,evaluate_seconds,trial
digits,mlp,margin,20,10,perfect,3,0,20,0.5,1.5,0.05,0.004,0.001,0.002,00ff
digits,mlp,margin,20,10,perfect,3,1,30,0.75,0.75,0.051000000000000004,0.004,0.001,0.002,00ff
`,
  );
});

test('the order of the trials does not matter', () => {
  const trials = syntheticSweep({
    strategies: ['random', 'margin'],
    seeds: [1, 2, 10],
    initialPoolSizes: [100, 20],
  });
  const shuffled = [...trials].reverse();
  expect(renderCsv(shuffled)).toBe(renderCsv(trials));
  expect(renderSelectionsCsv(shuffled)).toBe(renderSelectionsCsv(trials));
  const seeds = renderCsv(trials)
    .split('\n')
    .slice(1, 16)
    .map((line) => line.split(',')[6]);
  expect(seeds).toEqual([...'11111', ...'22222', ...Array.from({ length: 5 }, () => '10')]);
});

test('one row per queried sample, in the order queried, none for the initial pool', () => {
  const queries = [[1000, 1001], [1100, 1101], []];
  const trial = syntheticTrial({ queryBatchSize: 2, numRounds: 3, id: '00ff', queries });
  expect(renderSelectionsCsv([trial])).toBe(
    'trial,round,row,label\n00ff,0,1000,0\n00ff,0,1001,1\n00ff,1,1100,0\n00ff,1,1101,1\n',
  );
  const silent = { ...trial, rounds: trial.rounds.map((round) => ({ ...round, answers: [3, -1] })) };
  expect(renderSelectionsCsv([silent]).split('\n').slice(1, 3)).toEqual(['00ff,0,1000,3', '00ff,0,1001,']);
});

test('fields with commas, quotes and line ends are quoted as RFC 4180 has it; numbers read back exactly', () => {
  expect(
    csvText(
      ['a', 'b,c'],
      [
        ['say "yes"', 0.1 + 0.2],
        ['two\nlines', 1e-9],
      ],
    ),
  ).toBe('a,"b,c"\n"say ""yes""",0.30000000000000004\n"two\nlines",1e-9\n');
});

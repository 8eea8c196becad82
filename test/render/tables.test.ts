import { expect, test } from 'vitest';
import { summarise } from '../../src/analysis/index.ts';
import { renderSummaryCsv, renderSummaryMarkdown } from '../../src/render/index.ts';
import { syntheticTrial } from '../analysis/syntheticTrials.ts';

const trials = [0, 1, 2].flatMap((seed) => [
  syntheticTrial({ seed, accuracies: [0.5, 0.7 + 0.1 * seed] }),
  syntheticTrial({ seed, strategy: 'margin', accuracies: [0.5, 0.8 + 0.05 * seed] }),
]);
const failed = syntheticTrial({ seed: 4, strategy: 'bald', status: 'failed' });

test('the Markdown table names once what is shared and gives each strategy its row', () => {
  expect(renderSummaryMarkdown(summarise(trials), { part: 'statistics' })).toBe(
    `Throughout: dataset digits, model mlp, oracle perfect, initial pool 20, query batch 10.

| strategy | seeds |  final accuracy |             AUBC [95 %] | labels to 0.8 |
| :------- | ----: | --------------: | ----------------------: | ------------: |
| margin   |     3 | 0.8500 ± 0.0500 | 0.6750 [0.6129, 0.7371] |            30 |
| random   |     3 | 0.8000 ± 0.1000 | 0.6500 [0.5258, 0.7742] |   30 (2 of 3) |

- Final accuracy: at the last number of labels, mean ± standard deviation over seeds.
- AUBC: area under the learning curve over labels, divided by their range; mean with Student's 95 % interval.
- Labels to a target: in total, the initial pool included; median over seeds, in brackets how many seeds got there if not all did, ">" if the budget ended first.
- Target: the final mean accuracy of random under the same conditions.
`,
  );
});

test('what differs has a column, each group its target, and trouble shows', () => {
  const other = syntheticTrial({ initialPoolSize: 50, accuracies: [0.6, 0.9] });
  const markdown = renderSummaryMarkdown(summarise([...trials, other, failed]), { notes: false });
  const [header = ''] = markdown.split('\n').filter((line) => line.startsWith('|'));
  const names = header.split('|').map((cell) => cell.trim());
  expect(names.slice(1, -1)).toEqual([
    ...[
      'initial pool',
      'strategy',
      'seeds',
      'failed',
      'final accuracy',
      'AUBC [95 %]',
      'target',
      'labels to target',
    ],
    ...['fit s', 'score s', 'select s', 'evaluate s'],
  ]);
  expect(markdown).toMatch(/\| {11}20 \| bald +\| +0 \| +1 \| +– \| +– \| +– \|/);
  expect(markdown).toMatch(/\| {11}50 \| random +\| +1 \| +0 \| +0\.9000 \| +0\.7500 \| +0\.9 \| +60 \|/);
});

test('a censored median is shown as more than the budget, never as a number', () => {
  const rows = summarise(trials, { targets: [0.85] });
  expect(renderSummaryMarkdown(rows)).toContain('>30 (1 of 3)');
  const [header = '', ...lines] = renderSummaryCsv(rows.map((row) => ({ row })))
    .trimEnd()
    .split('\n');
  const column = header.split(',').indexOf('labels_to_target');
  expect(lines.map((line) => line.split(',')[column])).toEqual(['30', '>30']);
});

test('a name with a bar does not break the table', () => {
  const rows = summarise([syntheticTrial({ strategy: 'a|b' })]);
  expect(renderSummaryMarkdown(rows)).toContain('a\\|b');
});

test('the CSV has full precision, three columns per target and nothing where nothing is known', () => {
  const csv = renderSummaryCsv(
    summarise([...trials, failed], { targets: [0.7, 0.75] }).map((row) => ({ row })),
  );
  const [header, margin, , bald] = csv.split('\n');
  expect(header).toBe(
    'dataset,model,oracle,initial_pool_size,query_batch_size,strategy,num_seeds,num_failed,num_unfinished,' +
      'final_accuracy_mean,final_accuracy_sd,aubc_mean,aubc_lower,aubc_upper,fit_seconds,score_seconds,select_seconds,' +
      'evaluate_seconds,baseline,num_paired_seeds,aubc_difference_mean,aubc_difference_lower,aubc_difference_upper,p_value,' +
      'adjusted_p_value,adjusted_wilcoxon_p_value,verdict,wins,ties,losses,saved,start,ramp_up,plateau,end,instability,target,labels_to_target,seeds_reaching_target,target_2,labels_to_target_2,seeds_reaching_target_2',
  );
  expect(margin).toMatch(/^digits,mlp,perfect,20,10,margin,3,0,0,0\.85\d*,0\.0\d{10,},/);
  expect(margin).toMatch(/,0\.7,30,3,0\.75,30,3$/);
  expect(bald).toBe('digits,mlp,perfect,20,10,bald,0,1,0,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,');
});

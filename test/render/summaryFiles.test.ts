/** summary.json against its schema, summary.tex as LaTeX would read it, and the comparison columns of the others. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { analyse, cells, groups } from '../../src/analysis/index.ts';
import { renderSummaryCsv, renderSummaryMarkdown } from '../../src/render/index.ts';
import { renderSummaryJson } from '../../src/render/renderSummaryJson.ts';
import { renderSummaryTex } from '../../src/render/renderSummaryTex.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

const odd = '50%_a&b{x}';
const trials = [
  ...syntheticSweep({
    strategies: ['random', 'margin', odd],
    seeds: [1, 2, 3, 4, 5],
    initialPoolSizes: [20, 50],
  }),
  ...[1, 2, 3, 4, 5].map((seed) => syntheticTrial({ strategy: 'weak', seed, skill: 0.02 })),
  syntheticTrial({ strategy: 'bald', seed: 1, status: 'failed' }),
];
const analysis = analyse(groups(cells(trials)));
const schema = JSON.parse(readFileSync('experiments/summary.schema.json', 'utf8'));

test('summary.json keeps to its schema, with the numbers of the analysis', () => {
  const text = renderSummaryJson(analysis, { name: 'sweep', warnings: ['a warning'] });
  const document = JSON.parse(text);
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...document, more: 1 })).toBe(false);
  const [margin] = document.groups[0].strategies;
  const [first] = analysis.groups[0]?.results ?? [];
  expect(margin.strategy).toBe('margin');
  expect(margin.comparison.mean).toBe(first?.comparison?.difference.mean);
  expect(margin.comparison.adjustedPValue).toBe(first?.comparison?.adjustedTPValue);
  expect(document.overall.ranks[0]).toEqual({ strategy: 'margin', meanRank: expect.any(Number) });
});

test('one seed has no interval and no test, in any file', () => {
  const single = analyse(groups(cells(syntheticSweep({ strategies: ['random', 'margin'], seeds: [3] }))));
  const { strategies } = JSON.parse(renderSummaryJson(single, { name: 'one', warnings: [] })).groups[0];
  expect(strategies[0].aubc).toEqual({ numValues: 1, mean: expect.any(Number) });
  for (const member of ['interval', 'pValue', 'adjustedPValue', 'detectable']) {
    expect(strategies[0].comparison).not.toHaveProperty(member);
  }
  expect(renderSummaryTex(single)).toMatch(
    /margin & 1 & [^&]+ & \\textbf\{0\.\d{4}\} & \$\+0\.\d{4}\$ & -- &/,
  );
  expect(single.cautions.join()).toContain('no interval and no standard deviation can be given');
});

test('summary.tex: best bold, significance marked, special characters harmless, a table per group', () => {
  const tex = renderSummaryTex(analysis);
  expect(tex.match(/\\begin\{tabular\}/g)).toHaveLength(2);
  expect(tex.match(/\\(top|mid|bottom)rule/g)?.length).toBe(6);
  expect(tex).toMatch(/margin & 5 & \\textbf\{0\.\d{4}\} & \\textbf\{0\.\d{4}\} \$\\pm\$ 0\.\d{4} & /);
  expect(tex).toMatch(/weak & .*\$-0\.\d{4}\$\$\^\{\\downarrow\}\$ \$\[-0\.\d{4}, -0\.\d{4}\]\$ & .*\$>\$60/);
  expect(tex).toContain('50\\%\\_a\\&b\\{x\\} &');
  expect(tex).toMatch(/bald & 0 & -- & -- & -- & -- & --/);
  const columns = tex.split('\n').filter((line) => line.endsWith('\\\\'));
  for (const line of columns) expect(line.replaceAll('\\&', '').split('&')).toHaveLength(7);
});

test('summary.csv and summary.md have what is compared with the baseline', () => {
  const results = analysis.groups.flatMap((group) => group.results);
  const [header = '', margin = ''] = renderSummaryCsv(results).split('\n');
  const field = (name: string) => margin.split(',')[header.split(',').indexOf(name)];
  expect(Number(field('aubc_difference_mean'))).toBe(results[0]?.comparison?.difference.mean);
  expect(field('verdict')).toBe(results[0]?.comparison?.verdict);
  expect(field('wins')).toBe('5');
  expect(header.split(',').length).toBe(margin.split(',').length);
  const comparisons = new Map(results.map(({ row, comparison }) => [row, comparison]));
  const markdown = renderSummaryMarkdown([...comparisons.keys()], {
    comparisonOf: (row) => comparisons.get(row),
  });
  expect(markdown).toMatch(/Δ AUBC to random \[95 %\] \| p \(Holm\) \| +verdict \| win\/tie\/loss/);
  expect(markdown).toMatch(/weak .*−0\.\d{4} \[−0\.\d{4}, −0\.\d{4}\] \| +<?0\.\d{3} \| +worse \| +0\/0\/5/);
});

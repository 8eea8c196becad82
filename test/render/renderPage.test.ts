/** The page as text. What it does in a browser is in test/browser. */
import { expect, test } from 'vitest';
import { analyse, cells, groups } from '../../src/analysis/index.ts';
import { chartInput, charts } from '../../src/render/charts/index.ts';
import { pageScript, type ReportPage, renderPage, strategyStyles } from '../../src/render/index.ts';
import { pageChart } from '../../src/render/page/pageChart.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

const nasty = '<script>alert("1" & \'2\')</script>';
const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';

function pageOf(trials: readonly StoredTrial[], more: Partial<ReportPage> = {}): string {
  const names = trials.map(({ header }) => header.trial.labels.strategy);
  return renderPage({
    ...{
      title: 'sweep',
      trials,
      analysis: analyse(groups(cells(trials))),
      styles: strategyStyles(names),
      sections: [],
    },
    ...more,
  });
}

const sweep = syntheticSweep({
  strategies: ['random', 'margin', 'entropy'],
  seeds: [1, 2, 3, 4, 5],
  initialPoolSizes: [20, 50],
});

test('every text is escaped, wherever it stands', async () => {
  const trials = syntheticSweep({ strategies: ['random', nasty], seeds: [1, 2] }, { model: nasty });
  const input = chartInput(trials);
  const section = {
    ...{ id: 'curves', title: nasty, description: nasty },
    charts: await Promise.all(charts['learning-curves'].build(input).map((chart) => pageChart(chart, 'a'))),
  };
  const page = pageOf(trials, {
    ...{ title: nasty, description: `${nasty}\n\nSecond paragraph.`, warnings: [nasty], command: nasty },
    ...{ environment: { [nasty]: nasty }, sections: [section] },
    sources: [{ directory: nasty, name: nasty, spec: { [nasty]: nasty } }],
  });
  const scripts = page.match(/<script[^>]*>/g) ?? [];
  expect(new Set(scripts)).toEqual(new Set(['<script type="application/octet-stream">']));
  expect(page).not.toContain('alert("1"');
  expect(page.split(escaped).length).toBeGreaterThan(20);
  expect(page).toContain('<p class="question">Second paragraph.</p>');
});

test('the page asks the network for nothing, and runs the one script that its policy names', async () => {
  const script = await pageScript();
  const page = pageOf(sweep, { script });
  expect(page).toContain(`script-src '${script.hash}'`);
  expect(page).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/);
  expect(page.replace(script.text, '')).not.toMatch(/(src|href)\s*=\s*"(?!#)|url\((?!#)|@import/);
  expect(page.split('<script>').length).toBe(2);
});

test('the answer is made from the statistics: who beats random, by how much, and what cannot be told', () => {
  const page = pageOf(sweep);
  expect(page).toMatch(/margin \(\+0\.\d{3} to \+0\.\d{3} AUBC\).* random in both settings/);
  expect(page).toMatch(/By mean rank over 10 blocks .*: margin 1\.\d\d, .*Friedman’s χ² [\d.]+, p/);
  const one = syntheticSweep({ strategies: ['random', 'margin'], seeds: [7] });
  expect(pageOf(one)).toContain('Whether margin differs from random cannot be told with one seed.');
  expect(pageOf(syntheticSweep({ strategies: ['margin'], seeds: [1] }))).toContain(
    'nothing to compare it with',
  );
});

test('the ranking says how it is sorted, keeps bounds apart, and shows what is censored and missing', () => {
  const bound = [1, 2, 3, 4, 5].map((seed) => {
    const trial = syntheticTrial({ strategy: 'oracle', seed, skill: 0.8 });
    return {
      ...trial,
      header: { ...trial.header, trial: { ...trial.header.trial, isBound: true as const } },
    };
  });
  const failed = syntheticTrial({
    strategy: 'bald',
    seed: 1,
    status: 'failed',
    reason: 'the loss became NaN',
  });
  const weak = [1, 2, 3, 4, 5].map((seed) => syntheticTrial({ strategy: 'weak', seed, skill: 0.02 }));
  const page = pageOf([...sweep, ...bound, ...weak, failed]);
  const [table = ''] = page.match(/<table class="sortable ranking">[\s\S]*?<\/table>/) ?? [];
  expect(table.match(/aria-sort="descending"/g)).toHaveLength(1);
  const [, ranked = '', bounds = ''] = table.split('<tbody');
  const names = [...ranked.matchAll(/<th scope="row" data-value="([^"]+)"/g)].map(([, name]) => name);
  expect(names).toEqual(['margin', 'entropy', 'random', 'weak', 'bald']);
  expect(bounds).toMatch(/^ class="bounds">[\s\S]*data-value="oracle"/);
  expect(table).toContain('1 failed');
  expect(table).toMatch(/data-value="weak"[\s\S]*?&gt;60 <span class="soft">\(\d of 5\)[\s\S]*?censored/);
  expect(page).toMatch(/bald, seed 1 \([^)]+\): the loss became NaN/);
});

test('what is not given has no heading', () => {
  const bare = pageOf(sweep);
  for (const heading of ['Before you believe', '>Environment</h2>', 'Run it again', '>Charts</h2>']) {
    expect(bare).not.toContain(heading);
  }
});

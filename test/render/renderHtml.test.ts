import { expect, test } from 'vitest';
import { summarise } from '../../src/analysis/index.ts';
import { renderHtml, strategyStyles } from '../../src/render/index.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';

const nasty = '<script>alert("1" & \'2\')</script>';
const rows = summarise(
  syntheticSweep(
    { strategies: ['random', nasty], seeds: [1, 2], initialPoolSizes: [20, 50] },
    { model: nasty },
  ),
);
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>';
const page = renderHtml({
  title: nasty,
  description: `${nasty}\n\nSecond paragraph.`,
  charts: [
    { title: nasty, svg },
    { title: 'other', svg },
  ],
  rows,
  styles: strategyStyles(['random', nasty]),
  warnings: [nasty],
  environment: { [nasty]: nasty },
  command: nasty,
});

test('every text is escaped, wherever it stands', () => {
  expect(page).not.toContain('<script');
  expect(page).not.toContain(`alert("1"`);
  const escaped = '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;';
  // title twice, description, model, warning, chart label, 2 environment, command, strategy in 2 groups of 2 tables
  expect(page.split(escaped).length - 1).toBe(2 + 1 + 2 + 1 + 1 + 2 + 1 + 4);
});

test('the page asks the network for nothing and runs no script', () => {
  expect(page).toContain(`default-src 'none'`);
  const links = page.match(/(src|href)\s*=|url\((?!#)|@import|https?:\/\/(?!www\.w3\.org)/g);
  expect(links).toBeNull();
});

test('the ids of one chart do not clash with another’s', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(ids).toEqual(['curves0-clip0', 'curves1-clip0']);
  expect(page).toContain('url(#curves1-clip0)');
});

test('numbers are aligned right, groups have headings, and the page can be printed and shown dark', () => {
  expect(page).toMatch(/<td class="right">0\.\d{4} \[0\.\d{4}, 0\.\d{4}\]<\/td>/);
  expect(page).toMatch(/scope="rowgroup"[^>]*>initial pool 20, target 0\.\d+</);
  expect(page).toContain('prefers-color-scheme: dark');
  expect(page).toContain('@media print');
  expect(page).toContain('<p>Second paragraph.</p>');
  expect(page).toContain('2 query strategies, 8 finished trials.');
});

test('what is not given has no heading', () => {
  const bare = renderHtml({ title: 'bare', charts: [], rows, styles: new Map() });
  for (const heading of ['Before you believe', 'Environment', 'Run it again'])
    expect(bare).not.toContain(heading);
});

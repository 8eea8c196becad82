/** Transfer matrices as a table and as CSV, and what a report makes of them. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { cells, groups, transferMatrices } from '../../src/analysis/index.ts';
import { renderTransferCsv, renderTransferMarkdown } from '../../src/render/renderTransfer.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';
import { sharedFolder } from '../folders.ts';
import { transferSweep } from './chartSamples.ts';

// Charts are drawn on a thread, which runs what is built.
const built = new URL('../../dist/render/writeReport.js', import.meta.url).href;
const { writeReport }: typeof import('../../src/render/writeReport.ts') = await import(built);

const folder = sharedFolder();
const matrices = transferMatrices(groups(cells(transferSweep())));

test('CSV has every cell at full precision, the diagonal without a comparison to itself', () => {
  const rows: Record<string, string>[] = parse(renderTransferCsv(matrices), { columns: true });
  expect(rows).toHaveLength(18);
  const all = matrices.flatMap((matrix) =>
    matrix.cells.map((cell) => ({ ...cell, strategy: matrix.strategy })),
  );
  rows.forEach((row, i) => {
    const { againstBaseline, againstOwn, model, queryModel, strategy } = all[i] ?? expect.fail();
    expect([row.strategy, row.model, row.query_model]).toEqual([strategy, model, queryModel]);
    expect(Number(row.difference)).toBe(againstBaseline.difference.mean);
    expect(row.verdict).toBe(againstBaseline.verdict);
    expect(row.own_difference).toBe(model === queryModel ? '' : String(againstOwn?.difference.mean));
  });
});

test('Markdown has a row per cell, with signs and intervals', () => {
  const text = renderTransferMarkdown(matrices);
  expect(text).toMatch(/^## Labels that another model asked for\n\n### digits, initial pool 20\n/);
  expect(text.match(/^\| (margin|entropy)/gm)).toHaveLength(18);
  expect(text).toMatch(/\| margin +\| mlp +\| lenet +\| +[+−]0\.\d{4} \[[+−]0\.\d{4}, [+−]0\.\d{4}\]/);
  expect(text.match(/\| +own \|/g)).toHaveLength(6);
  expect(renderTransferMarkdown([])).toBe('');
});

test('a report has them where models asked for others, and only there', async () => {
  const files = await writeReport({ trials: transferSweep(), name: 'transfer', outDirectory: folder });
  expect(readFileSync(files.transferCsv ?? '', 'utf8')).toBe(renderTransferCsv(matrices));
  expect(readFileSync(files.summaryMarkdown, 'utf8')).toContain(renderTransferMarkdown(matrices).trimEnd());
  expect(readFileSync(files.html, 'utf8')).toContain('Labels that another model asked for');
  const trials = syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2] });
  const plain = await writeReport({ trials, name: 'plain', outDirectory: `${folder}/plain` });
  expect(plain).not.toHaveProperty('transferCsv');
  expect(readFileSync(plain.summaryMarkdown, 'utf8')).not.toMatch(/another model/);
}, 60_000);

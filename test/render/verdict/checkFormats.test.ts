/** A check's report in every format, on file; and what the formats promise beyond their looks. */
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import {
  checkCurveFiles,
  renderCheckGithub,
  renderCheckJson,
  renderCheckJunit,
  renderCheckMarkdown,
  renderCheckText,
} from '../../../src/render/verdict/index.ts';
import { checkSamples, sampleReport } from './checkSamples.ts';
import { sampleCell } from './sampleCell.ts';

const folder = '../__snapshots__/verdict';
const validate = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('experiments/check.schema.json', 'utf8')),
);

describe.each(Object.entries(checkSamples))('%s', (name, report) => {
  test('is what is on file, in every format', async () => {
    const files = {
      txt: renderCheckText(report, { colors: false }),
      md: renderCheckMarkdown(report),
      'github.txt': renderCheckGithub(report),
      xml: renderCheckJunit(report),
    };
    for (const [extension, text] of Object.entries(files)) {
      await expect(text).toMatchFileSnapshot(`${folder}/${name}.${extension}`);
    }
  });

  test('keeps to the schema', () => {
    const document = JSON.parse(renderCheckJson(report));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document.cells).toHaveLength(report.cells.length);
    expect(validate({ ...document, more: 1 })).toBe(false);
  });
});

test('JSON has the numbers in full, and none of what else an object may carry', () => {
  const report = sampleReport('everything');
  const [first] = report.cells;
  const document = JSON.parse(
    renderCheckJson({ ...report, cells: report.cells.map((cell) => ({ ...cell, more: 1 })) }),
  );
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document.cells[0]).toMatchObject({
    gain: first?.gain,
    gains: first?.gains,
    currentCurve: first?.currentCurve,
  });
  expect(document.outcome).toBe('regressed');
});

describe('text', () => {
  test('is at most as wide as wanted, and tables stay aligned', () => {
    for (const width of [105, 110]) {
      for (const all of [false, true]) {
        const text = renderCheckText(sampleReport('everything'), { colors: false, all, width });
        for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(width);
        const rows = text.split('\n').filter((line) => line.includes(' → '));
        expect(new Set(rows.map((row) => row.indexOf(' → '))).size).toBe(1);
      }
    }
  });

  test('colours are there only where they are wanted, and change nothing else', () => {
    const plain = renderCheckText(sampleReport('everything'), { colors: false });
    const coloured = renderCheckText(sampleReport('everything'), { colors: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[31m✗ regressed');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test('all of it, where it is asked for', async () => {
    const text = renderCheckText(sampleReport('everything'), { colors: false, all: true });
    await expect(text).toMatchFileSnapshot(`${folder}/everything-all.txt`);
  });

  test('--strict says that what is inconclusive fails', () => {
    const report = sampleReport('inconclusive');
    expect(renderCheckText(report, { colors: false })).toContain('--strict only');
    expect(renderCheckText(report, { colors: false, isStrict: true })).toContain(
      'Under --strict this fails.',
    );
  });
});

describe('many findings', () => {
  const numCells = 3000;
  const many = {
    ...sampleReport('everything'),
    cells: Array.from({ length: numCells }, (_, i) =>
      sampleCell({
        strategy: `strategy-${i}`,
        outcome: i < 1500 ? 'regressed' : 'inconclusive',
        gains: [-0.02, -0.03],
      }),
    ),
  };

  test('GitHub is sent ten annotations of a level, the last of which counts the others', () => {
    const lines = renderCheckGithub(many).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::notice '))).toHaveLength(1);
    const numErrors = 1500 + 1 + 2 + 1 + 1;
    expect(lines[9]).toBe(
      `::error title=${numErrors - 9} more of this kind::GitHub shows ten annotations of a level; the job summary has all ${numErrors}.`,
    );
  });

  test('Markdown shortens its tables, and keeps below a limit in whole blocks', () => {
    const whole = renderCheckMarkdown(many);
    expect(whole).toContain('… and 2900 more');
    expect(Buffer.byteLength(whole)).toBeLessThan(100_000);
    for (const mostBytes of [1000, 5000, 12_000]) {
      const cut = renderCheckMarkdown(many, { mostBytes });
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(mostBytes);
      expect(cut).toContain('**Regressed: ');
      expect(cut).toContain('… cut here');
      expect((cut.match(/```/g)?.length ?? 0) % 2).toBe(0);
      expect(cut.match(/<details>/g)?.length).toBe(cut.match(/<\/details>/g)?.length);
    }
  });

  test('JUnit has every one of them', () => {
    expect(renderCheckJunit(many).match(/classname="querybench.cells"/g)).toHaveLength(numCells);
  });
});

describe('curves', () => {
  const report = sampleReport('everything');

  test('one file per cell that changed, shown by its name', async () => {
    const files = checkCurveFiles(report);
    expect(files.map(({ cell }) => cell)).toEqual(
      report.cells.filter(({ outcome }) => outcome !== 'unchanged'),
    );
    expect(new Set(files.map(({ fileName }) => fileName)).size).toBe(files.length);
    const markdown = renderCheckMarkdown(report, { curves: { folder: 'check curves' } });
    for (const { fileName } of files) {
      expect(markdown).toContain(`<img src="check%20curves/${fileName}" width="160" height="48"`);
    }
    expect(markdown).not.toContain('mermaid');
    await expect(files[0]?.svg).toMatchFileSnapshot(`${folder}/curve.svg`);
  });

  test('a curve of one round, or none, or without a change draws nothing that is not a number', () => {
    const [cell] = report.cells;
    for (const numPoints of [0, 1, 2]) {
      const flat = Array.from({ length: numPoints }, (_, i) => ({ spent: 20 + 10 * i, value: 0.5 }));
      const short = {
        ...report,
        cells: [
          { ...sampleCell({ outcome: 'regressed', gains: [-0.1] }), baselineCurve: flat, currentCurve: flat },
        ],
      };
      expect(cell).toBeDefined();
      const drawn = `${checkCurveFiles(short)[0]?.svg}${renderCheckMarkdown(short)}`;
      expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
      expect(drawn.includes('```mermaid')).toBe(numPoints > 1);
    }
  });

  test('hundreds of rounds at uneven places become even ones on the same lines', () => {
    const curve = Array.from({ length: 200 }, (_, i) => ({ spent: 10 + i * i, value: (10 + i * i) / 1e5 }));
    const cell = {
      ...sampleCell({ outcome: 'regressed', gains: [-0.1] }),
      baselineCurve: curve,
      currentCurve: curve,
    };
    const markdown = renderCheckMarkdown({ ...report, cells: [cell] });
    const [values = ''] = [...markdown.matchAll(/^line \[(.*)\]$/gm)].map(([, list]) => list);
    const drawn = values.split(', ').map(Number);
    expect(drawn).toHaveLength(25);
    drawn.forEach((value, i) => {
      expect(value).toBeCloseTo((10 + (199 * 199 * i) / 24) / 1e5, 3);
    });
  });
});

/** The published numbers that ship: whole, about what the specs run, and drawn where they belong; and what is refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadPlan } from '../../src/experiment/loadPlan.ts';
import { parsePublished, readPublished } from '../../src/papers/published.ts';
import { GUARDED_SCALE, reproductionNames, scaleNames, scaleOverrides } from '../../src/papers/scales.ts';
import { charts } from '../../src/render/index.ts';
import { source } from './madeUp.ts';

const folder = fileURLToPath(new URL('../../experiments/papers/', import.meta.url));
const pathOf = (name: string) => join(folder, 'published', `${name}.json`);

describe.each(reproductionNames(folder))('%s', (name) => {
  test('has published numbers that conform and name only strategies of its spec', async () => {
    const { rows, charts: kinds } = await readPublished(pathOf(name));
    const { trials } = await loadPlan(join(folder, `${name}.yaml`));
    const known = [...new Set(trials.map(({ labels }) => labels.strategy))];
    const named = rows.flatMap((row) =>
      row.kind === 'order' ? row.tiers.flat() : row.kind === 'statement' ? [] : [row.strategy],
    );
    expect(known).toEqual(expect.arrayContaining([...new Set(named)]));
    expect(Object.keys(charts)).toEqual(expect.arrayContaining(kinds));
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
  });

  test('quartiles hold their value, and ascend', async () => {
    const { rows } = await readPublished(pathOf(name));
    for (const { value, quartiles } of rows.flatMap((row) => ('published' in row ? row.published : []))) {
      if (quartiles === undefined) continue;
      const [low, median, high] = quartiles.map((each) => each ?? Infinity) as [number, number, number];
      expect(value).toBe(quartiles[1]);
      expect(low <= median && median <= high, JSON.stringify(quartiles)).toBe(true);
    }
  });
});

describe('BatchBALD', () => {
  test('the two counting rules are one batch apart at the median, as the authors’ code has it', () => {
    const { rows } = parsePublished(readFileSync(pathOf('batchbald'), 'utf8'), 'batchbald.json');
    const labels = rows.flatMap((row) => (row.kind === 'labels' ? [row] : []));
    const paper = labels.filter(({ counting }) => counting === 'batch-start');
    expect(paper.length).toBe(labels.length / 2);
    for (const row of paper) {
      const key = ({ strategy, where, accuracy, samples }: typeof row) =>
        JSON.stringify([strategy, where, accuracy, samples]);
      const honest = labels.find((other) => other.counting === 'reached' && key(other) === key(row));
      const gap = (honest?.published[0]?.value ?? 0) - (row.published[0]?.value ?? 0);
      expect(gap, key(row)).toBe(row.where.queryBatchSize);
    }
  });
});

describe('what is refused, with its place', () => {
  const refused = (row: object) => {
    const text = JSON.stringify({ title: 'A paper', rows: [row] });
    try {
      parsePublished(text, 'p.json');
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing';
  };
  const row = { kind: 'accuracy', strategy: 'bald', numLabels: 30, published: [{ value: 0.8, ...source }] };

  test.each([
    ['no band', row, /^p\.json: rows\.0\.band/],
    ['an unknown rule', { ...row, band: { rule: 'close' } }, /^p\.json: rows\.0\.band\.rule/],
    [
      'quartiles that are not there',
      { ...row, band: { rule: 'quartiles' } },
      /rows\.0: the band needs quartiles/,
    ],
    ['a spread that is not there', { ...row, band: { rule: 'spread' } }, /rows\.0: the band needs a spread/],
    [
      'a tolerance around what was not reached',
      { ...row, published: [{ value: null, ...source }], band: { rule: 'tolerance', by: 1 } },
      /rows\.0: the band needs values that were reached/,
    ],
    [
      'a number without a source',
      { ...row, published: [{ value: 1, read: 'raw' }], band: { rule: 'seeds' } },
      /source/,
    ],
    ['an unknown key', { ...row, band: { rule: 'seeds' }, strateg: 'x' }, /strateg/],
  ])('%s', (_, bad, message) => expect(refused(bad)).toMatch(message));

  test('no JSON, no file', async () => {
    expect(() => parsePublished('{', 'p.json')).toThrow(/^p\.json: /);
    await expect(readPublished(join(folder, 'published', 'none.json'))).rejects.toThrow(/Add the file/);
  });
});

/** What a scale may have fewer of, and what a check asks of it. */
const amounts = [
  ...['seed', 'rounds', 'budget', 'strategy', 'initialPoolSize', 'queryBatchSize', 'oracle', 'model'],
  ...['queryModel', 'check.invariants'],
];

describe('scales', () => {
  test.each(reproductionNames(folder))(
    'at ci, %s departs in amounts alone, and has invariants that name its strategies',
    async (name) => {
      const overrides = await scaleOverrides(folder, name, GUARDED_SCALE);
      const { spec } = await loadPlan(join(folder, `${name}.yaml`), overrides);
      const changed = overrides.map((override) => override.split('=')[0]);
      const departing = name === 'batchbald' ? ['model.samples.count', 'scoring.poolSubset'] : [];
      const other = changed.filter((key) => key === undefined || ![...amounts, ...departing].includes(key));
      expect(other, 'changes that are no amounts').toEqual([]);
      expect(spec.check?.invariants.length).toBeGreaterThan(0);
    },
  );

  test('full changes nothing; an unknown name gets the nearest', async () => {
    expect(scaleNames(folder)).toEqual(['full', 'ci', 'overnight']);
    expect(await scaleOverrides(folder, 'digits', 'full')).toEqual([]);
    expect(await scaleOverrides(folder, 'digits', 'ci')).toContain('seed="0-1"');
    await expect(scaleOverrides(folder, 'gal-217', 'ci')).rejects.toThrow(/Did you mean "gal-2017"\?/);
    await expect(scaleOverrides(folder, 'digits', 'Ci')).rejects.toThrow(/Did you mean "ci"\?/);
    await expect(scaleOverrides(folder, 'digits', 'overnight')).rejects.toThrow(/does not\. Add it there/);
  });
});

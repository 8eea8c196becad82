/** A user's own strategy: it runs as ours do, and whatever it does wrong fails its own trial and no other. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { querybench } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, writeSpec } from './sweeps.ts';

const cwd = sharedFolder();
const example = fileURLToPath(new URL('../../experiments/strategies/balancedMargin.mjs', import.meta.url));
const cell = { initialPoolSize: 20, queryBatchSize: 10, budget: 40 };

const writeModule = (name: string, text: string): void => writeFileSync(join(cwd, name), text);

const byStrategy = (directory: string): ReadonlyMap<string, StoredTrial> =>
  new Map(readStore(join(cwd, directory)).trials.map((trial) => [trial.header.trial.labels.strategy, trial]));

test('the example runs, again to the same picks, and its options and content are part of the trial’s id', async () => {
  cpSync(example, join(cwd, 'own.mjs'));
  const strategy = [
    './own.mjs',
    { name: './own.mjs', label: 'wide', share: 1 },
    'margin',
    { mixture: ['random', './own.mjs'], label: 'mixed' },
  ];
  const spec = writeSpec(cwd, { name: 'own', strategy, ...cell });
  const run = (out: string) => querybench(['run', spec, '--workers', '2', '--out', out], { cwd });
  const { code, stderr } = await run('own-1');
  expect(code, stderr).toBe(0);
  const trials = byStrategy('own-1');
  const picks = (label: string) => trials.get(label)?.rounds[0]?.queriedRows;
  expect(picks('wide')).toEqual(picks('margin'));
  expect(picks('own')).not.toEqual(picks('margin'));
  expect(picks('mixed')).toHaveLength(10);
  expect((await run('own-2')).code).toBe(0);
  expect(comparableRecords(join(cwd, 'own-2'))).toEqual(comparableRecords(join(cwd, 'own-1')));
  const ids = (directory: string) =>
    [...byStrategy(directory)].map(([label, { header }]) => [label, header.trial.id]);
  writeModule('own.mjs', `${readFileSync(join(cwd, 'own.mjs'), 'utf8')}\n// another content\n`);
  expect((await run('own-3')).code).toBe(0);
  const before = new Map(ids('own-1') as [string, string][]);
  const changed = ids('own-3').flatMap(([label = '', id]) => (before.get(label) === id ? [] : [label]));
  expect(changed.sort()).toEqual(['mixed', 'own', 'wide']);
});

const pick = (body: string): string => `export const strategy = { select(context, k) { ${body} } };`;

test('whatever it does wrong fails its own trial, with the reason', async () => {
  const wrong: Readonly<Record<string, readonly [string, RegExp]>> = {
    throws: [pick('throw new Error("no such luck");'), /wrong\/throws\.mjs failed: Error: no such luck/],
    few: [pick('return context.poolRows.slice(0, k - 1);'), /picked 9 rows where 10 were asked for/],
    twice: [pick('return Array(k).fill(context.poolRows[0]);'), /picked row \d+ more than once/],
    foreign: [
      pick('return Array.from({ length: k }, (_, i) => -1 - i);'),
      /picked -1, which is none of the rows/,
    ],
    labelled: [
      pick('return [context.labelled.rows[0], ...context.poolRows.slice(0, k - 1)];'),
      /which is none of the rows to pick from/,
    ],
    nothing: [pick('return undefined;'), /nothing\.mjs failed: TypeError/],
    endless: [pick('for (;;) {}'), /may take 0\.5 seconds, its "timeout", and took longer/],
    waiting: [pick('return new Promise(() => setInterval(() => {}, 1000));'), /and took longer/],
    quits: [pick('process.exit(0);'), /its thread ended without a pick/],
    formless: ['export const answer = 42;', /must export a strategy, .* it exports answer/],
    syntax: ['export default {', /SyntaxError/],
  };
  cpSync(example, join(cwd, 'right.mjs'));
  const names = Object.keys(wrong);
  rmSync(join(cwd, 'wrong'), { recursive: true, force: true });
  for (const name of names) writeIn(name, wrong[name]?.[0] ?? '');
  const entries = names.map((name) => ({
    name: `./wrong/${name}.mjs`,
    timeout: name === 'endless' || name === 'waiting' ? 0.5 : 30,
  }));
  const strategy = [...entries, './right.mjs', 'random'];
  const spec = writeSpec(cwd, { name: 'wrong-strategies', strategy, ...cell });
  const { code, stderr } = await querybench(['run', spec, '--workers', '2', '--out', 'wrong-out'], { cwd });
  expect(code, stderr).toBe(4);
  const trials = byStrategy('wrong-out');
  for (const name of names) {
    const footer = trials.get(name)?.footer;
    expect({ name, status: footer?.status }).toEqual({ name, status: 'failed' });
    expect(footer?.reason).toMatch(wrong[name]?.[1] ?? /^$/);
    expect(footer?.reason).toMatch(/^Round 0: /);
  }
  for (const name of ['right', 'random']) expect(trials.get(name)?.footer?.status).toBe('finished');
}, 60_000);

function writeIn(name: string, text: string): void {
  cpSync(example, join(cwd, 'wrong', `${name}.mjs`)); // makes the folder
  writeModule(join('wrong', `${name}.mjs`), text);
}

test('a module that is not there is refused before anything runs', async () => {
  const spec = writeSpec(cwd, { name: 'missing-module', strategy: './gone.mjs', ...cell });
  const { code, stderr } = await querybench(['run', spec, '--dry-run'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/The strategy gone\.mjs must be a module that can be read.*relative to the spec/);
});

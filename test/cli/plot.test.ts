/** `querybench plot` on results of a real sweep. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { charts } from '../../src/render/index.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { decodePng } from '../render/decodePng.ts';
import { filesIn, refuse, succeed } from './querybench.ts';

const cwd = sharedFolder();
const directory = join('results', 'plotted');
const sweep = { queryBatchSize: 10, initialPoolSize: 20, budget: 40, seed: '0-1' };

beforeAll(async () => {
  const spec = writeSpec(cwd, { name: 'plotted', strategy: ['random', 'margin', 'entropy'], ...sweep });
  await succeed(['run', spec], { cwd });
}, 60_000);

const plot = (...words: string[]) => succeed(['plot', directory, ...words], { cwd });
const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');

test('list names all charts', async () => {
  const { stdout } = await succeed(['list', 'charts'], { cwd });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(charts));
  for (const line of lines) expect(line.length).toBeGreaterThan(40);
});

describe('plot', () => {
  it('writes an SVG, a PNG of twice its size, or a spec, and says where', async () => {
    const { stdout, stderr } = await plot('--chart', 'critical-difference', '--out', 'out/ranks.svg');
    expect([stdout, stderr]).toEqual(['out/ranks.svg\n', '']);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(read('out/ranks.svg')) ?? [];
    await plot('--chart', 'critical-difference', '--out', 'out/ranks.png');
    const png = decodePng(readFileSync(join(cwd, 'out/ranks.png')));
    expect([png.width, png.height]).toEqual([2 * Number(width), 2 * Number(height)]);
    await plot('--chart', 'critical-difference', '--scheme', 'dark', '--out', 'out/ranks.json');
    const spec = JSON.parse(read('out/ranks.json'));
    expect(spec.$schema).toContain('vega-lite/v6');
    expect(spec.config.background).not.toBe('#ffffff');
  });

  it('shows the pictures of what was picked', async () => {
    await plot('--chart', 'first-picks', '--filter', 'strategy=margin|random', '--out', 'picks.svg');
    const svg = read('picks.svg');
    expect(svg.match(/<image /g)).toHaveLength(2 * 20);
    expect(svg).not.toContain('>entropy<');
  });

  it('draws the metric and the region that were asked for', async () => {
    await plot('--chart', 'learning-curves', '--metric', 'nll', '--out', 'curves.json');
    expect(read('curves.json')).toContain('negative log-likelihood');
    await plot('--chart', 'practical-equivalence', '--rope', '0.25', '--out', 'rope.json');
    expect(read('rope.json')).toContain('at most 0.25');
  });

  it('takes several directories as one', async () => {
    const spec = writeSpec(cwd, {
      name: 'second',
      strategy: ['random', 'margin', 'entropy'],
      ...sweep,
      seed: '2-3',
    });
    await succeed(['run', spec], { cwd });
    const both = ['plot', directory, join('results', 'second'), '--chart', 'critical-difference'];
    await succeed([...both, '--out', 'both.json'], { cwd });
    expect(read('both.json')).toContain('4 blocks: 4 seeds');
  });

  it('names each picture where there are several', async () => {
    const { stdout } = await plot('--chart', 'performance-profile', '--out', 'out/profile.vl.json');
    expect(stdout.trim().split('\n')).toEqual(['out/profile-aubc.vl.json', 'out/profile-final.vl.json']);
    expect(Object.keys(filesIn(join(cwd, 'out')))).toContain('profile-final.vl.json');
  });
});

test.concurrent('what cannot be drawn is refused, and nothing is written', async () => {
  const only = ['plot', directory, '--filter', 'strategy=margin'];
  const bad = (words: readonly string[], ...says: string[]) => refuse(words, says, { cwd });
  await bad(
    [...only, '--chart', 'critical-difference'],
    'nothing to draw in 2 finished trials',
    'two strategies',
  );
  await bad(
    ['plot', directory, '--chart', 'learning-curves', '--filter', 'strategy=margn'],
    'Did you mean "margin"?',
  );
  await bad(
    ['plot', directory, '--chart', 'aubc-differences', '--baseline', 'randm'],
    'Did you mean "random"?',
  );
});

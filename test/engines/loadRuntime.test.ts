/** The native runtime would report each process to its maker, and keep an identifier, a cache and a log file for it. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { succeed } from '../cli/querybench.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';

const cwd = sharedFolder();
const home = join(cwd, 'home');
const temporary = join(cwd, 'temporary');
/** Where it finds none of these, it takes the machine for a user's. */
const notInCi = { CI: '', GITHUB_ACTIONS: '' };
const env = { ...notInCi, HOME: home, XDG_CACHE_HOME: join(home, '.cache'), TMPDIR: temporary };

beforeAll(() => {
  for (const folder of [home, temporary]) mkdirSync(folder);
});

test('neither a run on two workers nor a prediction leaves anything at home or among temporary files', async () => {
  const axes = { seed: '0-1', initialPoolSize: 20, queryBatchSize: 10, rounds: 1 };
  const spec = writeSpec(cwd, { name: 'sweep', ...axes });
  await succeed(['run', spec, '--workers', '2', '--out', 'out', '--save-models'], { cwd, env });
  const [model] = readdirSync(join(cwd, 'out', 'models'));
  writeFileSync(join(cwd, 'rows.csv'), `${Array(64).fill(0)}\n`);
  await succeed(['predict', join('out', 'models', `${model}`), 'rows.csv'], { cwd, env });
  expect([...readdirSync(home), ...readdirSync(temporary)]).toEqual([]);
});

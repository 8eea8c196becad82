/** What `serve` and `run --open` refuse, before anything is begun. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { finishedRun } from '../server/resultsFolder.ts';
import { begin, refuse } from './querybench.ts';

const cwd = sharedFolder();

test('a folder that is missing, a file, or without results', async () => {
  await refuse(['serve'], ['a folder of results, and results is not: there is none', 'run an experiment'], {
    cwd,
  });
  writeFileSync(join(cwd, 'thesis.tex'), '');
  await refuse(['serve', 'thesis.tex'], ['thesis.tex is not: it is a file'], { cwd });
  mkdirSync(join(cwd, 'empty', 'deeper'), { recursive: true });
  await refuse(['serve', 'empty'], ['empty has no experiment.json or report.html, nor has a folder in it'], {
    cwd,
  });
});

test('a port that is none, is taken, or is of no use', async () => {
  finishedRun(cwd, 'good');
  for (const port of ['0', '65536', 'http', '1e3', '-1']) {
    const says = ['--port must be a whole number from 1 to 65535', port];
    await refuse(['serve', 'good', `--port=${port}`], says, { cwd });
  }
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const taken = [`another program listens on ${port}. Choose another one`];
  await refuse(['serve', 'good', '--port', String(port)], taken, { cwd });
  const spec = writeSpec(cwd, { name: 'small', initialPoolSize: 20, queryBatchSize: 10, rounds: 2 });
  await refuse(['run', spec, '--open', '--port', String(port)], taken, { cwd });
  await refuse(['run', spec, '--port', '4999'], ['there is no --open'], { cwd });
  other.close();
});

test('serve names its address, and ends on Ctrl-C with nothing to complain of', async () => {
  finishedRun(cwd, 'one');
  const { child, ended } = begin(['serve', 'one'], { cwd });
  let text = '';
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (piece) => {
      text += piece;
      if (text.includes('Ctrl-C')) resolve();
    });
  });
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(text)?.[0] ?? '';
  // One results directory is shown without a list in front.
  expect(await (await fetch(address)).text()).toContain('data-run="one"');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

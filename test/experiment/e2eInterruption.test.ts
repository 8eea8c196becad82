/** Whatever ends a run, running it again ends in the same records as a run that nothing ended. */
import { once } from 'node:events';
import { copyFileSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { type Begun, begin, succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, writeSpec } from './sweeps.ts';

const cwd = sharedFolder();
const complete = join(cwd, 'complete');
let spec = '';
let expected: ReturnType<typeof comparableRecords> = {};

beforeAll(async () => {
  spec = writeSpec(cwd, {
    name: 'interruption',
    ...{
      model: ['mlp', { preset: 'mlp', label: 'warm', training: { start: 'warm' } }],
      strategy: ['random', 'margin'],
    },
    ...{ initialPoolSize: 30, queryBatchSize: 15, budget: 170, seed: '0-1' },
    training: { stop: { rule: 'epochs', epochs: 8 } },
  });
  await succeed(['run', spec, '--workers', '2', '--out', complete], { cwd });
  expected = comparableRecords(complete);
  expect(Object.keys(expected)).toHaveLength(8);
}, 60_000);

/** Once it says so, a run has opened its store and starts its workers. Resolves as well where the process just ends. */
function untilRunning({ child, ended }: Begun): Promise<unknown> {
  return Promise.race([once(child.stderr as Readable, 'data'), ended]);
}

test('SIGKILL at random moments', async () => {
  const stream = deriveStream('split', { test: 'moments to kill at' });
  const directory = join(cwd, 'killed');
  const words = ['run', spec, '--workers', '2', '--out', directory];
  let numKilled = 0;
  for (let attempt = 0; ; attempt++) {
    const run = begin(words, { cwd });
    if (attempt < 6) {
      await untilRunning(run);
      await sleep(stream.integer(350));
      run.child.kill('SIGKILL');
    }
    const { code, stderr } = await run.ended;
    numKilled += Number(code === 'SIGKILL');
    if (code === 'SIGKILL') continue;
    expect(code, stderr).toBe(0);
    break;
  }
  expect(numKilled).toBeGreaterThanOrEqual(3);
  expect(comparableRecords(directory)).toEqual(expected);
  expect(readdirSync(directory).sort()).toEqual(['experiment.json', 'trials']);
});

test('files that end anywhere: between two lines, within one, before the footer', async () => {
  const stream = deriveStream('split', { test: 'places to cut at' });
  const directory = join(cwd, 'cut');
  cpSync(complete, directory, { recursive: true });
  const files = readdirSync(join(directory, 'trials')).map((name) => join(directory, 'trials', name));
  for (const [i, file] of files.entries()) {
    const bytes = readFileSync(file);
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a).map((at) => at + 1);
    const atLine = ends[stream.integer(ends.length)] ?? 0;
    const beforeFooter = ends.at(-2) ?? 0;
    truncateSync(file, [atLine, stream.integer(bytes.length), beforeFooter, 0][i % 4]);
  }
  // What a process leaves that is killed while it creates the lock, or while it writes the experiment.
  writeFileSync(join(directory, '.lock'), '');
  copyFileSync(join(directory, 'experiment.json'), join(directory, '.experiment.json.tmp'));
  await succeed(['run', spec, '--workers', '2', '--out', directory], { cwd });
  expect(comparableRecords(directory)).toEqual(expected);
  expect(readdirSync(directory).sort()).toEqual(['experiment.json', 'trials']);
});

test.skipIf(process.platform === 'win32')(
  'Ctrl-C, as often as the shell and npm pass it on, ends a run cleanly and says how to go on',
  async () => {
    const directory = join(cwd, 'stopped');
    const words = ['run', spec, '--workers', '2', '--out', directory, '--set', "description=it's short"];
    let numStopped = 0;
    for (const delay of [0, 100, 200]) {
      const run = begin(words, { cwd });
      await untilRunning(run);
      await sleep(delay);
      const asked = performance.now();
      run.child.kill('SIGINT');
      run.child.kill('SIGINT');
      const { code, stdout, stderr } = await run.ended;
      if (code === 0) break;
      numStopped++;
      expect(performance.now() - asked).toBeLessThan(5000);
      expect(code, stderr).toBe(130);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/Interrupted with \d+ of 8 trials finished\. Continue with:\n/);
      const command = `npx querybench run ${spec} --workers 2 --out ${directory} --set 'description=it'\\''s short'`;
      expect(stderr).toContain(`\n  ${command}\n`);
      expect(readdirSync(directory).sort()).toEqual(['experiment.json', 'trials']);
    }
    expect(numStopped).toBeGreaterThanOrEqual(2);
    await succeed(words, { cwd });
    expect(comparableRecords(directory)).toEqual(expected);
  },
);

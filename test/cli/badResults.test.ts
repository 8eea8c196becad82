/** Results folders that cannot be written to, belong to others or are damaged. Nothing that is there is ever lost. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { encodeLine } from '../../src/store/recordLine.ts';
import { comparableRecords, writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { filesIn, refuse, succeed } from './querybench.ts';

const cwd = sharedFolder();
let spec = '';

beforeAll(async () => {
  spec = writeSpec(cwd, {
    name: 'small',
    strategy: ['random', 'margin'],
    initialPoolSize: 20,
    queryBatchSize: 10,
    rounds: 3,
  });
  await succeed(['run', spec, '--out', 'good'], { cwd });
}, 60_000);

/** A copy of the good results to be damaged. */
function copy(name: string): string {
  cpSync(join(cwd, 'good'), join(cwd, name), { recursive: true });
  return name;
}

test('--out that leads through a file, or where the system makes no folders', async () => {
  await refuse(
    ['run', spec, '--out', spec],
    [spec, /there is a file of this name|is a file/, 'Choose another directory'],
    { cwd },
  );
  await refuse(
    ['run', spec, '--out', `${spec}/below`],
    [`${spec}/below`, 'is a file', 'Choose another directory'],
    { cwd },
  );
  await refuse(
    ['report', 'good', '--out', `${spec}/below`],
    ['is a file, not a folder; choose another folder'],
    { cwd },
  );
  await refuse(
    ['export', 'good', '--out', `${spec}/below`],
    ['must be writable, and is not', 'Choose another'],
    { cwd },
  );
});

test.runIf(process.platform === 'linux')('--out below /proc', async () => {
  const out = '/proc/querybench/results';
  await refuse(['run', spec, '--out', out], [out, 'cannot be made. Choose another directory'], { cwd });
  await refuse(['report', 'good', '--out', out], [out, 'cannot be made; choose another folder'], { cwd });
});

test("--out that holds another experiment, or anybody's files", async () => {
  const says =
    'A directory holds one experiment, and good holds "small", not "other". Choose another directory with --out';
  for (const more of [[], ['--dry-run']]) {
    await refuse(['run', spec, '--set', 'name=other', '--out', 'good', ...more], [says], { cwd });
  }
  await refuse(
    ['run', spec, '--out', '.'],
    ['Results go into a directory of their own, and . holds other things'],
    { cwd },
  );
});

test('a record with a broken line: named, left out, the rest kept, and run again', async () => {
  const out = copy('broken');
  const [first = '', second = ''] = readdirSync(join(cwd, out, 'trials')).sort();
  const path = join(cwd, out, 'trials', first);
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const line = bytes.subarray(0, middle).toString('latin1').split('\n').length;
  const named = `${join(out, 'trials', first)}:${line}: this line is broken`;

  const exported = await succeed(['export', out], { cwd });
  expect(exported.stderr).toContain(`warning: ${named}`);
  expect(
    exported.stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => `${row.split(',').at(-1)}.jsonl`),
  ).toEqual(Array(4).fill(second));
  const report = await succeed(['report', out], { cwd });
  expect(report.stdout).toContain(named);
  expect(readFileSync(join(cwd, out, 'report.html'), 'utf8')).toContain('this line is broken');

  const again = await succeed(['run', spec, '--out', out], { cwd });
  expect(again.stderr).toContain(`warning: ${named}`);
  expect(again.stderr).toContain('1 of 2 trials to run, 1 finished earlier');
  expect(again.stderr).toContain(
    `The file is kept as ${join(out, 'trials', first)}.broken-1, and the trial runs again.`,
  );
  expect(readFileSync(`${path}.broken-1`)).toEqual(bytes);
  expect(comparableRecords(join(cwd, out))).toEqual(comparableRecords(join(cwd, 'good')));
  expect((await succeed(['export', out], { cwd })).stderr).toBe('');
});

test('results of a newer schema version, in the experiment or in a record', async () => {
  const says =
    /was written with schema version 9; this querybench reads versions up to \d\. Upgrade querybench, or choose/;
  const experiment = join(cwd, copy('newer'), 'experiment.json');
  writeFileSync(
    experiment,
    readFileSync(experiment, 'utf8').replace(/"schemaVersion": \d+/, '"schemaVersion": 9'),
  );
  for (const words of [
    ['run', spec, '--out', 'newer'],
    ['report', 'newer'],
  ]) {
    await refuse(words, ['experiment.json', says], { cwd });
  }
  const trials = join(cwd, copy('newer-record'), 'trials');
  const [first = ''] = readdirSync(trials);
  const [header = '', ...rounds] = readFileSync(join(trials, first), 'utf8').split('\n');
  const { checksum, ...record } = JSON.parse(header);
  const newer = encodeLine({ ...record, schemaVersion: 9 });
  writeFileSync(join(trials, first), newer + rounds.join('\n'));
  for (const words of [
    ['run', spec, '--out', 'newer-record'],
    ['export', 'newer-record'],
  ]) {
    await refuse(words, [first, says], { cwd });
  }
});

test('a directory that another process is writing to', async () => {
  const out = copy('locked');
  writeFileSync(
    join(cwd, out, '.lock'),
    JSON.stringify({ pid: 1, host: 'elsewhere.example', token: 'theirs' }),
  );
  await refuse(
    ['run', spec, '--out', out],
    ['process 1 on elsewhere.example is doing so. Wait for it to end'],
    { cwd },
  );
});

test('a report of nothing', async () => {
  const out = copy('empty');
  for (const name of readdirSync(join(cwd, out, 'trials'))) writeFileSync(join(cwd, out, 'trials', name), '');
  const before = filesIn(cwd);
  await refuse(['report', out], ['A report needs at least one finished trial', 'run'], { cwd });
  expect((await succeed(['export', out], { cwd })).stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(filesIn(cwd)).toEqual(before);
});

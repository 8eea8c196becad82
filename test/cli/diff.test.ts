/** `querybench diff` on real runs: exit codes, and what is refused. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { RoundRecord } from '../../src/store/record.ts';
import { decodeLine, encodeLine } from '../../src/store/recordLine.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { querybench, refuse, succeed } from './querybench.ts';

const cwd = sharedFolder();
const training = { stop: { rule: 'epochs', epochs: 1 }, minimumSamplesPerEpoch: 1 };

beforeAll(async () => {
  const spec = writeSpec(cwd, {
    ...{ name: 'small', strategy: ['random', 'margin'], training },
    ...{ initialPoolSize: 20, queryBatchSize: 10, rounds: 2 },
  });
  await succeed(['run', spec, '--out', 'before', '--workers', '1'], { cwd });
  await succeed(['run', spec, '--out', 'after', '--workers', '2'], { cwd });
  await succeed(['run', spec, '--out', 'batch', '--set', 'training.batchSize=8'], { cwd });
}, 60_000);

test('two runs of one spec: 0, as text and as JSON', async () => {
  const { stdout } = await succeed(['diff', 'before', 'after'], { cwd });
  expect(stdout).toBe(
    'before has 2 trials, after has 2 trials; they share 2, all of which are equal to the last bit.\n',
  );
  const json = await succeed(['diff', 'before', 'after', '--format', 'json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({ outcome: 'equal', bitReasons: [], environment: [] });
});

test('a bit in a record: 1, and where it is', async () => {
  cpSync(join(cwd, 'after'), join(cwd, 'nudged'), { recursive: true });
  const [name = ''] = readdirSync(join(cwd, 'nudged', 'trials')).filter((each) => each.endsWith('.jsonl'));
  const path = join(cwd, 'nudged', 'trials', name);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const decoded = decodeLine(Buffer.from(lines[2] ?? ''));
  if (!decoded.ok) throw new Error(decoded.reason);
  const { checksum, ...record } = decoded.record as RoundRecord & { checksum?: string };
  const nll = record.metrics.nll + 1e-12;
  lines[2] = encodeLine({ ...record, metrics: { ...record.metrics, nll } }).trimEnd();
  writeFileSync(path, `${lines.join('\n')}\n`);
  const { code, stdout } = await querybench(['diff', 'before', 'nudged'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('Trials that part: 1');
  expect(stdout).toContain(`seed 0, round 1\n    metrics.nll: ${record.metrics.nll} → ${nll}\n`);
  expect(stdout).toContain('every bit ought to be');
});

test('another spec: 1, and the key that was changed', async () => {
  const { code, stdout } = await querybench(['diff', 'before', 'batch'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('they share none');
  expect(stdout).toContain('Other trials under the same names: 2\n  model.training.batchSize: 32 → 8\n');
  expect(stdout).toMatch(
    /They part:\n {4}digits, mlp, initial pool 20, margin: seed 0; at first seed 0, round 0\n/,
  );
});

test('an empty folder, no folder, an unknown format, too few words', async () => {
  await refuse(
    ['diff', 'before', 'nothing'],
    ['A results directory has an experiment.json, and nothing has'],
    {
      cwd,
    },
  );
  await refuse(['diff', 'small.yaml', 'before'], [/small\.yaml/], { cwd });
  await refuse(
    ['diff', 'before', 'after', '--format', 'jsn'],
    ['Unknown format "jsn". Did you mean "json"?'],
    {
      cwd,
    },
  );
  await refuse(['diff', 'before'], [/diff/], { cwd });
});

test('a broken record is left out, and named', async () => {
  cpSync(join(cwd, 'after'), join(cwd, 'broken'), { recursive: true });
  const [name = ''] = readdirSync(join(cwd, 'broken', 'trials'));
  const path = join(cwd, 'broken', 'trials', name);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"accuracy":', '"acuracy":'));
  const { code, stdout, stderr } = await querybench(['diff', 'before', 'broken'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('Only in before: 1 trial');
  expect(stderr).toContain('this line is broken');
});

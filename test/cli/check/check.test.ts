/** `querybench check` from the first baseline to the accepted change, its exit codes and its files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sharedFolder } from '../../folders.ts';
import { begin, querybench, refuse, succeed } from '../querybench.ts';
import { writeModule, writeTinySpec } from './tinySpec.ts';

const cwd = sharedFolder();
const baseline = ['--baseline', 'base.json'];
const textOf = (path: string): string => readFileSync(join(cwd, path), 'utf8');
/** Of the one build there is. */
const ownDirectory = (): string => join('results', 'check', readdirSync(join(cwd, 'results/check'))[0] ?? '');

beforeAll(async () => {
  writeTinySpec(cwd);
  const words = ['check', 'tiny.yaml', ...baseline];
  await refuse(words, ['there is no base.json', '--update'], { cwd });
  const { stdout } = await succeed([...words, '--update'], { cwd });
  expect(stdout).toContain(
    'Accepted into base.json: of 2 cells, 0 changed, 0 defined anew, 2 added, 0 removed',
  );
  expect(stdout).toMatch(/\+ random on digits, logistic, initial pool 20: 0\.\d{4}, 8 seeds \(added\)/);
}, 60_000);

test('nothing has changed: it holds, nothing is run again, and the results alone say the same', async () => {
  const { stdout, stderr } = await succeed(['check', 'tiny.yaml', ...baseline], { cwd });
  expect(stderr).toContain('All 16 trials are in');
  expect(stdout).toContain('Holds: none of 2 cells is worse than the baseline.');
  const alone = await succeed(['check', ownDirectory(), ...baseline], { cwd });
  expect(alone.stdout).toBe(stdout);
});

test('worse: 1, in every format that was asked for', async () => {
  writeModule(cwd, 'worse');
  const files = [
    '--format',
    'junit=out/check.xml',
    '--format',
    'json=check.json',
    '--format',
    'markdown=check.md',
  ];
  const summary = join(cwd, 'summary.md');
  const { code, stdout } = await querybench(
    ['check', 'tiny.yaml', ...baseline, ...files, '--format', 'github'],
    {
      cwd,
      env: { GITHUB_STEP_SUMMARY: summary },
    },
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/Regressed: 1 cell worse than the baseline/);
  expect(stdout).toMatch(/^::error .*mine/m);
  expect(textOf('out/check.xml')).toContain('<failure');
  expect(textOf('check.md')).toContain('mine');
  expect(textOf('summary.md')).toContain('mine');
  const report = JSON.parse(textOf('check.json'));
  expect(report).toMatchObject({ format: 'querybench-check', outcome: 'regressed', baseline: 'base.json' });
  const outcomes = report.cells.map((cell: { strategy: string; outcome: string }) => [
    cell.strategy,
    cell.outcome,
  ]);
  expect(outcomes).toEqual([
    ['mine', 'regressed'],
    ['random', 'unchanged'],
  ]);
  const json = await querybench(['check', 'tiny.yaml', ...baseline, '--format', 'json'], { cwd });
  expect(JSON.parse(json.stdout)).toEqual(report);
});

test('a rule for one check: within a margin of 1 everything is unchanged', async () => {
  writeModule(cwd, 'worse');
  await succeed(['check', 'tiny.yaml', ...baseline, '--set', 'check.margin=1'], { cwd });
});

test('too few seeds to tell: 0, and 3 under --strict; fewer than the baseline must be allowed', async () => {
  writeModule(cwd, 'worse');
  const words = ['check', 'tiny.yaml', ...baseline, '--seeds', '3'];
  const { code, stderr } = await querybench(words, { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/What is checked lacks\n {2}mine .*, seeds 3-7\n {2}random/);
  const { stdout } = await succeed([...words, '--allow-missing'], { cwd });
  expect(stdout).toMatch(/inconclusive/);
  expect(await querybench([...words, '--allow-missing', '--strict'], { cwd })).toMatchObject({ code: 3 });
});

test('--adaptive begins with few seeds and goes as far as it must, and no further than the baseline', async () => {
  writeModule(cwd, 'good');
  const words = ['check', 'tiny.yaml', ...baseline, '--seeds', '2', '--adaptive', '--format', 'json'];
  const same = JSON.parse((await succeed(words, { cwd })).stdout);
  expect(same.cells.map(({ seeds }: { seeds: number[] }) => seeds)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(same.warnings.join()).toContain(
    '3 looks were planned, at 2, 4, 8 seeds, and 1 made: alpha 0.05 is split',
  );
  writeModule(cwd, 'worse');
  const { code, stdout } = await querybench([...words, '--margin', '0', '--alpha', '0.1'], { cwd });
  const worse = JSON.parse(stdout);
  expect(worse.cells).toMatchObject([
    { strategy: 'mine', outcome: 'regressed', seeds: [0, 1, 2, 3, 4, 5, 6, 7] },
    { strategy: 'random', outcome: 'unchanged', seeds: [0, 1] },
  ]);
  expect(code).toBe(1);
  const few = await querybench([...words, '--max-seeds', '4', '--strict'], { cwd });
  expect(few.code).toBe(3);
});

test('a trial that fails: 4, and no baseline of it', async () => {
  writeModule(cwd, 'failing');
  const before = textOf('base.json');
  const { code, stdout } = await querybench(['check', 'tiny.yaml', ...baseline], { cwd });
  expect(code).toBe(4);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('out of luck');
  const update = await querybench(['check', 'tiny.yaml', ...baseline, '--update'], { cwd });
  expect(update.code).toBe(4);
  expect(update.stderr).toMatch(/Not accepted: 8 of 16 trials failed \(.*out of luck/);
  expect(textOf('base.json')).toBe(before);
});

test('--update shows what became worse, accepts it and cells that came or went', async () => {
  writeModule(cwd, 'worse');
  const words = ['check', 'tiny.yaml', '--baseline', 'other.json', '--update'];
  writeModule(cwd, 'good');
  await succeed(words, { cwd });
  writeModule(cwd, 'worse');
  const { stdout } = await succeed(words, { cwd });
  expect(stdout).toContain('Regressed: 1 cell worse');
  expect(stdout).toMatch(/mine on digits, logistic, initial pool 20: 0\.\d{4} → 0\.\d{4} \(regressed/);
  expect(stdout).toContain('1 the same to the last bit');
  await succeed(['check', 'tiny.yaml', '--baseline', 'other.json'], { cwd });
  const other = await succeed([...words, '--set', 'strategy=[random, entropy]', '--set', 'budget=40'], {
    cwd,
  });
  expect(other.stdout).toMatch(/~ random .* \(redefined: budget: 60 → 40\)/);
  expect(other.stdout).toMatch(/\+ entropy /);
  expect(other.stdout).toMatch(/- mine /);
});

test('Ctrl-C: 130, and the command that goes on', async () => {
  writeModule(cwd, 'good');
  const words = ['check', 'tiny.yaml', ...baseline, '--out', 'stopped', '--seeds', '60', '--allow-missing'];
  const run = begin(words, { cwd });
  await new Promise((resolve) => run.child.stderr?.once('data', resolve));
  run.child.kill('SIGINT');
  const { code, stderr, stdout } = await run.ended;
  expect(code, stderr).toBe(130);
  expect(stdout).toBe('');
  expect(stderr).toContain(`Continue with:\n  npx querybench ${words.join(' ')}\n`);
});

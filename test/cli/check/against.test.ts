/** `--against`: a user's repository at an earlier commit, this one's own, and all that can be wrong with either. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sharedFolder } from '../../folders.ts';
import { begin, querybench, refuse } from '../querybench.ts';
import { writeModule, writeTinySpec } from './tinySpec.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = sharedFolder();
/** Temporary files of the commands: what they leave behind is seen. */
const scratch = join(folder, 'scratch');
mkdirSync(scratch);
const env = { TMPDIR: scratch };

const git = (cwd: string, ...words: string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...words], {
    ...{ cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  });

/** The revision's folder is gone, and the repository does not speak of it. */
function expectNothingLeft(repository: string): void {
  expect(readdirSync(scratch).filter((name) => name.startsWith('querybench-'))).toEqual([]);
  expect(git(repository, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
}

const cellsOf = (stdout: string) =>
  JSON.parse(stdout).cells.map((cell: { strategy: string; outcome: string }) => [
    cell.strategy,
    cell.outcome,
  ]);

test('a module of the user’s own, as it was and as it is, run once', async () => {
  const cwd = join(folder, 'user');
  mkdirSync(join(cwd, 'specs'), { recursive: true });
  git(cwd, 'init', '-q');
  writeFileSync(join(cwd, 'README'), '');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-qm', 'nothing yet');
  writeTinySpec(join(cwd, 'specs'));
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-qm', 'a strategy');
  writeModule(join(cwd, 'specs'), 'worse');
  const words = ['check', 'specs/tiny.yaml', '--against', 'HEAD', '--format', 'json'];
  const { code, stdout, stderr } = await querybench(words, { cwd, env });
  expect(code, stderr).toBe(1);
  expect(cellsOf(stdout)).toEqual([
    ['mine', 'regressed'],
    ['random', 'unchanged'],
  ]);
  expect(stderr).toContain('modules and data beside the spec as they were');
  expectNothingLeft(cwd);
  const again = await querybench(words, { cwd, env });
  expect(again.stdout).toBe(stdout);
  expect(again.stderr).toMatch(/The sweep at HEAD \(\w{12}\) is in results\/check\/tiny-at-.* already/);
  expect(again.stderr).toContain('All 16 trials are in');
  const earlier = await querybench(['check', 'specs/tiny.yaml', '--against', 'HEAD~1'], { cwd, env });
  expect(earlier.code).toBe(2);
  expect(earlier.stderr).toMatch(
    /mine\.mjs must be a module that can be read[\s\S]*must run today's spec, and at HEAD~1/,
  );
  expectNothingLeft(cwd);
  await refuse(
    ['check', 'specs/tiny.yaml', '--against', 'v9'],
    ['and "v9" is none. Correct it, or fetch it'],
    { cwd },
  );
}, 180_000);

test('no repository, and no git', async () => {
  const cwd = join(folder, 'plain');
  mkdirSync(cwd);
  writeTinySpec(cwd);
  const words = ['check', 'tiny.yaml', '--against', 'main'];
  await refuse(words, ['--against needs git, and there is none on the PATH'], {
    cwd,
    env: { PATH: scratch },
  });
});

/** A clone of this repository with its packages, and what was built here: in a folder without git there is nothing to clone. */
function cloneOfOurs(): string {
  const clone = join(folder, 'clone');
  git(folder, 'clone', '-q', '--depth', '1', `file://${root}`, clone);
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
  cpSync(join(root, 'dist'), join(clone, 'dist'), { recursive: true });
  cpSync(join(root, 'package-lock.json'), join(clone, 'package-lock.json'));
  git(clone, 'add', 'package-lock.json');
  git(clone, 'commit', '-q', '--allow-empty', '-m', 'the packages that are installed');
  return clone;
}

const spec = `name: own
dataset: digits
model: logistic
strategy: [random, margin]
initialPoolSize: 20
queryBatchSize: 20
budget: 60
seed: 0-7
check: { margin: 0.01 }
`;

test.skipIf(!existsSync(join(root, '.git')))(
  'querybench itself: a revision is built and runs today’s spec; one that does not build is refused; Ctrl-C leaves nothing',
  async () => {
    const cwd = cloneOfOurs();
    const own = { cwd, env, dist: join(cwd, 'dist') };
    writeFileSync(join(cwd, 'experiments', 'own.yaml'), spec);
    const margins = join(cwd, 'dist/strategies/measures.js');
    const sound = readFileSync(margins, 'utf8');
    const broken = sound.replace('restOf(summary) + expOfLog(summary.logSecond)', '-($&)');
    expect(broken).not.toBe(sound);
    writeFileSync(margins, broken);
    const words = ['check', 'experiments/own.yaml', '--format', 'json', '--against'];
    const { code, stdout, stderr } = await querybench([...words, 'HEAD'], own);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('Building querybench at HEAD');
    expect(cellsOf(stdout)[0]).toEqual(['margin', 'regressed']);
    expectNothingLeft(cwd);
    writeFileSync(join(cwd, 'src/cli/main.ts'), 'const count: number = "many";\n');
    git(cwd, 'commit', '-qam', 'does not compile');
    const refused = await querybench([...words, 'HEAD'], own);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /"npm run --silent build" ends with 2:\n[\s\S]*src\/cli\/main\.ts.*error TS[\s\S]*Name another/,
    );
    expectNothingLeft(cwd);
    const run = begin([...words, 'HEAD'], own);
    await new Promise((resolve) => run.child.stderr?.once('data', resolve));
    await sleep(300);
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expectNothingLeft(cwd);
  },
  300_000,
);

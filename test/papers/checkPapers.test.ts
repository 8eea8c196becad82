/** `npm run check:papers` on a tiny reproduction of its own, from the run that makes its baseline to what is refused. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type CheckedReport, checkLine, uncheckedLine, worstExitCode } from '../../src/papers/checkLine.ts';
import { EXPERIMENTS, keptFolder, PAGES, runFolder } from '../../src/papers/folders.ts';
import { baselinePath } from '../../src/papers/writeReproduction.ts';
import { sharedFolder } from '../folders.ts';

/** Both scripts run what is built. */
async function run(script: 'reproduce' | 'checkPapers', words: readonly string[], cwd: string) {
  const path = fileURLToPath(new URL(`../../scripts/${script}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [path, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

/** At full scale it would take seconds more than at `ci`. */
const spec = `name: tiny
dataset: digits
model: logistic
strategy: [random, margin]
initialPoolSize: 20
queryBatchSize: 40
rounds: 2
training: { stop: { rule: epochs, epochs: 20 } }
seed: 0-20
`;

function writeScale(root: string, invariants: string): void {
  const changes = `{ seed: 0-2, check.margin: 0.5, check.invariants: [${invariants}] }`;
  writeFileSync(join(root, EXPERIMENTS, 'scales/ci.yaml'), `tiny: ${changes}\n`);
}

describe('a tiny reproduction', () => {
  const root = sharedFolder();
  for (const folder of ['scales', 'published']) {
    mkdirSync(join(root, EXPERIMENTS, folder), { recursive: true });
  }
  for (const name of ['tiny', 'full-only']) writeFileSync(join(root, EXPERIMENTS, `${name}.yaml`), spec);
  writeFileSync(join(root, EXPERIMENTS, 'published/tiny.json'), JSON.stringify({ title: 'Tiny', rows: [] }));
  const baseline = baselinePath(join(root, keptFolder('tiny', 'ci')));
  const check = (...words: string[]) => run('checkPapers', words, root);

  test('is held against the baseline that its run has made, by trials of this build', async () => {
    writeScale(root, '"random within [0.1, 1]"');
    const none = await check();
    expect(none).toMatchObject({ code: 2, stderr: '' });
    expect(none.stdout).toMatch(/^tiny +NOT CHECKED +there is no .*baseline\.json yet: npm run reproduce/);
    expect((await run('reproduce', ['tiny'], root)).stderr).toContain('6 trials');
    expect(existsSync(baseline)).toBe(true);
    // As in a fresh clone: what is kept is there, trials are not.
    rmSync(join(root, runFolder('tiny', 'ci')), { recursive: true });
    expect((await run('reproduce', ['tiny'], root)).stderr).toContain('6 trials');
    const { code, stdout, stderr } = await check('--strict');
    expect(stdout).toMatch(
      /^tiny +holds +2 cells: 2 unchanged; 1 invariant: 1 holds; records equal; [^\n]*\n$/,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('6 trials');
    expect(readdirSync(join(root, 'results/check'))).toEqual([expect.stringMatching(/^tiny-[0-9a-f]{12}$/)]);
  }, 60_000);

  test('a broken invariant: 1, with what was measured; what is undecided fails if strict', async () => {
    writeScale(root, '"random within [0, 0.1]", margin >= random');
    const { code, stdout } = await check('tiny');
    expect(stdout).toMatch(/^tiny +WORSE +2 cells: 2 unchanged; 2 invariants: 1 broken, 1 holds; records/);
    expect(stdout).toMatch(/The mean AUBC of random is 0\.\d{4}\s.*: surely outside/s);
    expect(code).toBe(1);
    writeScale(root, 'margin > random by 0.0001');
    const [lenient, strict] = [await check(), await check('--strict')];
    expect(lenient).toMatchObject({ code: 0, stdout: expect.stringMatching(/^tiny +undecided .*\n$/) });
    expect(strict.code).toBe(3);
    expect(strict.stdout).toMatch(/so many seeds cannot\s+tell/);
  }, 60_000);

  test('--results compares what reproduce has left, by the rules that it was run with', async () => {
    const { code, stdout, stderr } = await check('--results');
    expect(stdout).toMatch(/^tiny +holds +2 cells: 2 unchanged; 1 invariant: 1 holds; records equal/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }, 60_000);

  test('--update shows and accepts; another reproduction than the baseline’s is none to compare', async () => {
    writeScale(root, '"random within [0.1, 1]"');
    const made = readFileSync(baseline, 'utf8');
    writeFileSync(join(root, 'experiments/papers/tiny.yaml'), spec.replace('epochs: 20', 'epochs: 10'));
    const other = await check();
    expect(other).toMatchObject({ code: 2, stdout: expect.stringMatching(/^tiny +NOT CHECKED/) });
    expect(other.stderr).toContain('--update');
    expect(readFileSync(baseline, 'utf8')).toBe(made);
    const { code, stdout } = await check('--update');
    expect(stdout).toContain(`Accepted into ${join(PAGES, 'tiny/ci/baseline.json')}`);
    expect(code).toBe(0);
    expect(readFileSync(baseline, 'utf8')).not.toBe(made);
    writeFileSync(baseline, made.slice(0, 200));
    const damaged = await check();
    expect(damaged.stderr).toContain('baseline.json must be a whole baseline');
    expect(damaged.code).toBe(2);
  }, 60_000);

  test.each([
    [['tiney'], /Did you mean "tiny"\?/],
    [['full-only'], /The scale "ci" must say what it changes in full-only/],
    [['--stric'], /--stric/],
    [['--results', '--workers', '1'], /--results runs nothing/],
  ])('%j is refused', async (words, message) => {
    const { code, stdout, stderr } = await check(...words);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('an invariant about a strategy that is not run is refused before anything runs', async () => {
    writeScale(root, 'entropy > random');
    const { code, stderr } = await check('--update');
    expect(stderr).toMatch(/entropy/);
    expect(stderr).not.toMatch(/trials/);
    expect(code).toBe(2);
  }, 60_000);
});

test('a line says what failed', () => {
  const report: CheckedReport = {
    ...{ outcome: 'failed', cells: [{ outcome: 'unchanged' }], invariants: [], failed: [1, 2], audit: [1] },
    identity: { outcome: 'not-comparable' },
  };
  expect(uncheckedLine('x', 'why')).toMatch(/^x +NOT CHECKED +why$/);
  expect(checkLine('x', report)).toMatch(
    /^x +FAILED +1 cell: 1 unchanged; no invariants; records not comparable bit by bit; 1 record that .*; 2 trials failed$/,
  );
});

test('the exit code of several checks is that of what matters most', () => {
  expect([...[[], [0, 0], [0, 3], [3, 2], [2, 4], [4, 2, 1], [1, 130], [0, 70]].map(worstExitCode)]).toEqual([
    0, 0, 3, 2, 4, 1, 130, 70,
  ]);
});

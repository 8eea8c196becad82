/** The action's main step, run as GitHub runs it: by bash, with its inputs in the environment. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { action, repository } from './workflowFiles.ts';

const folder = sharedFolder('querybench action ');

const step = action.runs.steps.find(({ id }) => id === 'check');

interface StepEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** `inputs` over the action's defaults; as `shell: bash` has it in GitHub's documentation. */
function runStep(inputs: Readonly<Record<string, string>>): StepEnd {
  const given = (name: string) => inputs[name] ?? action.inputs[name]?.default ?? '';
  const env = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([variable, expression]) => {
      const [, name = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
      return [variable, given(name)];
    }),
  );
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const script = join(folder, 'script.sh');
  writeFileSync(script, step?.run ?? '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, RUNNER_TEMP: join(folder, 'temp dir'), ...files, ...env },
    encoding: 'utf8',
  });
  const outputs = readFileSync(files.GITHUB_OUTPUT, 'utf8').trim().split('\n').filter(Boolean);
  return {
    ...{ code: status, stdout, stderr, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') },
    outputs: Object.fromEntries(outputs.map((line) => line.split(/=(.*)/s).slice(0, 2))),
  };
}

mkdirSync(join(folder, 'temp dir'));
const report = join(folder, 'temp dir', 'querybench-check');

describe('bad inputs', () => {
  test.each([
    [{ spec: '' }, 'The input "spec" is empty'],
    [{ spec: 'ci.yaml', querybench: 'npm:else' }, 'neither a path'],
    [{ spec: 'ci.yaml', querybench: '-e' }, 'neither a path'],
    [{ spec: 'ci.yaml', querybench: '1.0 $(id)' }, 'neither a path'],
  ])('%j ends with 2 and an annotation', (inputs, says) => {
    const { code, stdout } = runStep(inputs);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^::error title=querybench check::/);
    expect(stdout).toContain(says);
  });

  test('what looks like code or an option is neither', () => {
    const before = readdirSync(folder);
    for (const odd of ['$(touch pwned) `touch pwned` "; touch pwned; "', "'\ntouch pwned\n'", '--update']) {
      const { code, outputs } = runStep({ spec: odd, baseline: odd, against: '', querybench: repository });
      expect(code, odd).toBe(2);
      expect(outputs, odd).toMatchObject({ outcome: 'error', 'new-trials': 'false' });
    }
    expect(readdirSync(folder).filter((name) => !before.includes(name) && name !== 'script.sh')).toEqual([]);
  });
});

describe('a check', () => {
  const spec = 'a spec.yaml';
  const given = { spec, baseline: 'base line.json', querybench: repository };
  const runs = {
    dataset: 'digits',
    oracle: 'perfect',
    initialPoolSize: 40,
    queryBatchSize: 20,
    budget: 80,
    seed: '0-6',
  };
  const model = { preset: 'mlp', layers: [{ dense: 8 }, 'relu', { dense: 'numClasses' }] };
  const write = (changes: object) =>
    writeFileSync(
      join(folder, spec),
      JSON.stringify({ name: 'tiny', strategy: ['random', 'margin'], ...runs, model, ...changes }),
    );

  test('of what is as it was holds, is told to GitHub, and runs nothing that is in the cache', async () => {
    write({});
    await succeed(['check', spec, '--baseline', 'base line.json', '--update'], { cwd: folder });
    const first = runStep(given);
    expect(first, first.stderr).toMatchObject({
      code: 0,
      outputs: { outcome: 'holds', 'new-trials': 'false', report },
    });
    expect(first.stdout).not.toMatch(/^::/m);
    expect(first.summary).toMatch(/^## ✅ tiny against/);
    rmSync(join(folder, 'results'), { recursive: true });
    expect(runStep(given)).toMatchObject({ code: 0, outputs: { outcome: 'holds', 'new-trials': 'true' } });
  });

  test('of what became worse is red, with annotations, a summary, and a report to upload', () => {
    write({ check: { invariants: ['margin within [0.98, 0.99]'] } });
    const { code, stdout, outputs, summary } = runStep(given);
    expect(code).toBe(1);
    expect(outputs.outcome).toBe('regressed');
    expect(stdout).toMatch(/^::error title=broken%3A margin within \[0.98%2C 0.99\] \(digits/m);
    expect(summary).toMatch(/^## ❌ tiny against/);
    expect(readdirSync(report).sort()).toEqual(['.begun', 'check.json', 'check.md', 'junit.xml']);
  });

  test('that cannot be put ends with 2 and leaves no old report', () => {
    const { code, outputs } = runStep({ ...given, baseline: 'not there.json' });
    expect(code).toBe(2);
    expect(outputs).toMatchObject({ outcome: 'error', report });
    expect(readdirSync(report)).toEqual(['.begun']);
  });
});

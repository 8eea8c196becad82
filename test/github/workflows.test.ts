/** The rules that GitHub has for an action and workflows, and those that keep values out of scripts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { action, readYaml, repository, type Step, type Workflow } from './workflowFiles.ts';

const actionPath = './.github/actions/querybench-check';
const workflows: readonly (readonly [string, Workflow])[] = [
  ...readdirSync(`${repository}/.github/workflows`).map(
    (name) => [name, readYaml<Workflow>(`.github/workflows/${name}`)] as const,
  ),
  ...workflowsIn('README.md'),
];

/** Examples: fenced blocks of YAML that have jobs. */
function workflowsIn(path: string): (readonly [string, Workflow])[] {
  const text = readFileSync(`${repository}/${path}`, 'utf8');
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .filter(([, block = '']) => /^jobs:/m.test(block))
    .map(([, block = '']) => [path, parse(block)] as const);
}

function expectSteps(steps: readonly Step[]): void {
  const ids = steps.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { run, uses, ...step } of steps) {
    expect([run, uses].filter((each) => each !== undefined)).toHaveLength(1);
    // What stands in double braces is put into a script before bash reads it: a value with a quote would be code.
    expect(run ?? '').not.toContain('${{');
    if (run !== undefined) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
    if (uses !== undefined && !uses.startsWith('./')) {
      expect(uses).toMatch(
        /^(actions\/[a-z/-]+@v\d+|[\w.-]+\/querybench\/\.github\/actions\/querybench-check@[\w.-]+)$/,
      );
    }
    if (uses?.includes('querybench-check')) {
      for (const input of Object.keys(step.with ?? {})) expect(Object.keys(action.inputs)).toContain(input);
      expect(Object.keys(step.with ?? {})).toContain('spec');
    }
    if (uses?.startsWith('./')) expect(existsSync(`${repository}/${uses}/action.yml`), uses).toBe(true);
  }
}

describe('the action', () => {
  const { inputs, outputs, runs } = action;
  const text = readFileSync(`${repository}/${actionPath}/action.yml`, 'utf8');

  test('has what an action needs, and describes what goes in and comes out', () => {
    expect(Object.keys(action).sort()).toEqual(['description', 'inputs', 'name', 'outputs', 'runs']);
    expect(runs.using).toBe('composite');
    for (const { description, required, default: preset, ...others } of Object.values(inputs)) {
      expect(description).toMatch(/\.$/);
      expect(others).toEqual({});
      // Inputs are strings, whatever YAML makes of them.
      if (required !== true) expect(typeof preset).toBe('string');
    }
    for (const { description, value, ...others } of Object.values(outputs)) {
      expect(description).toMatch(/\.$/);
      expect(value).toMatch(/^\$\{\{ .* \}\}$/);
      expect(others).toEqual({});
    }
  });

  test('has steps that name their shell and keep values out of scripts', () => {
    expectSteps(runs.steps);
    for (const { run, shell } of runs.steps) expect(shell).toBe(run === undefined ? undefined : 'bash');
  });

  test('speaks of inputs, outputs and variables that there are, and uses all of them', () => {
    const named = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
    expect([...named(/\binputs\.([\w-]+)/g)].sort()).toEqual(Object.keys(inputs).sort());
    const check = runs.steps.find(({ id }) => id === 'check');
    const written = new Set([...(check?.run ?? '').matchAll(/echo "([\w-]+)=/g)].map(([, name]) => name));
    expect(named(/\bsteps\.check\.outputs\.([\w-]+)/g)).toEqual(written);
    for (const name of Object.keys(check?.env ?? {})) expect(check?.run).toContain(`$${name}`);
  });

  test('keeps under its key what it restores', () => {
    const [restore, save] = ['restore', 'save'].map((kind) =>
      runs.steps.find(({ uses }) => uses?.startsWith(`actions/cache/${kind}@`)),
    );
    expect(save?.with).toEqual({ path: restore?.with?.path, key: restore?.with?.key });
    const key = restore?.with?.key ?? '';
    for (const prefix of (restore?.with?.['restore-keys'] ?? '').trim().split('\n')) {
      expect(key.startsWith(prefix), prefix).toBe(true);
    }
  });
});

describe.each(workflows)('the workflow in %s', (_path, workflow) => {
  test('has what a workflow needs, reads only, and ends', () => {
    expect(workflow.on).toBeDefined();
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.jobs).length).toBeGreaterThan(0);
    for (const job of Object.values(workflow.jobs)) {
      expect(job['runs-on']).toMatch(/^\w/);
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      expectSteps(job.steps);
    }
  });
});

/** `querybench --help` is fast because what it loads is little. */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf } from '../importsOf.ts';
import { builtFolder, succeed } from './querybench.ts';

/** Every module that loads with `file`, and every package; dynamic imports load later. */
function staticImports(file: string, files = new Set<string>(), packages = new Set<string>()) {
  if (files.has(file)) return { files, packages };
  files.add(file);
  for (const { specifier, kind } of importsOf(readFileSync(file, 'utf8'))) {
    if (kind === 'dynamic') continue;
    if (specifier.startsWith('.')) staticImports(join(file, '..', specifier), files, packages);
    else if (!isBuiltin(specifier)) packages.add(specifier);
  }
  return { files, packages };
}

test('nothing heavy is loaded before a command runs', () => {
  const { files, packages } = staticImports(join(builtFolder, 'cli', 'main.js'));
  expect(files.size).toBeGreaterThan(8);
  expect([...packages].sort()).toEqual(['fastest-levenshtein', 'yargs']);
});

test('the same look at a command finds what it does load', () => {
  const { packages } = staticImports(join(builtFolder, 'cli', 'runSpec.js'));
  for (const name of ['cli-progress', 'yaml', 'zod']) expect(packages).toContain(name);
});

test('--help names every command, and a command its options', async () => {
  const { stdout } = await succeed(['--help'], { cwd: builtFolder });
  for (const name of ['run', 'report', 'export', 'list', 'data', 'doctor', 'init']) {
    expect(stdout).toMatch(new RegExp(`^ +querybench ${name}\\b`, 'm'));
  }
  const run = await succeed(['run', '--help'], { cwd: builtFolder });
  for (const name of ['workers', 'out', 'seeds', 'engine', 'device', 'set', 'dry-run', 'report'])
    expect(run.stdout).toContain(`--${name} `);
});

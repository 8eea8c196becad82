// Runs `querybench check` of a broken build against a sound baseline, and says which of its keys notice.
import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readStore } from '../../dist/index.js';
import { buildBroken } from './brokenBuild.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const soundProgram = join(root, 'dist/cli/main.js');

/** Exit codes are results here, and no failures. */
async function run(program, words) {
  const options = { cwd: root, maxBuffer: 64 * 2 ** 20 };
  const running = promisify(execFile)(process.execPath, [program, ...words], options);
  const { code = 0, stdout, stderr } = await running.catch((error) => error);
  return { code, stdout, stderr };
}

/**
 * Runs the spec with the sound build and accepts it as baseline.
 *
 * @param {{ spec: string, seeds: string, directory: string }} options `directory` is emptied
 */
export async function makeSound({ spec, seeds, directory }) {
  rmSync(directory, { recursive: true, force: true });
  const [results, baseline] = [join(directory, 'sound'), join(directory, 'baseline.json')];
  const words = ['check', spec, '--seeds', seeds, '--out', results, '--baseline', baseline];
  const { code, stderr } = await run(soundProgram, [...words, '--update']);
  if (code !== 0) throw new Error(`The sound run ended with ${code}: ${stderr}`);
  return { spec, seeds, directory, results, baseline };
}

/**
 * Checks one broken build. Trials that it cannot change are taken over from the sound run.
 *
 * @param {import('./defects.mjs').Defect} defect
 * @param {Awaited<ReturnType<typeof makeSound>>} sound
 */
export async function checkDefect(defect, { spec, seeds, directory, results, baseline }) {
  const program = buildBroken(defect);
  const own = join(directory, defect.name);
  rmSync(own, { recursive: true, force: true });
  cpSync(results, own, { recursive: true });
  for (const { header } of readStore(own).trials) {
    if (defect.affects(header.trial.labels)) rmSync(join(own, 'trials', `${header.trial.id}.jsonl`));
  }
  // `check` of a spec would run all trials anew, because it is another build: results are completed first, and checked as they are.
  const ran = await run(program, ['run', spec, '--seeds', seeds, '--out', own]);
  if (ran.code !== 0 && ran.code !== 4)
    throw new Error(`${defect.name} ended with ${ran.code}: ${ran.stderr}`);
  const words = ['check', own, '--baseline', baseline, '--format', 'json'];
  const { code, stdout, stderr } = await run(program, words);
  if (stdout === '') throw new Error(`${defect.name} ended with ${code}: ${stderr}`);
  return { code, report: JSON.parse(stdout) };
}

/** The keys of a check that say no, by name. */
export function keysOf({ cells, audit, identity, failed, invariants }) {
  return [
    ...(failed.length > 0 ? ['failed trials'] : []),
    ...[...new Set(audit.map(({ rule }) => `audit: ${rule}`))].sort(),
    ...(identity.outcome === 'different' ? ['identity'] : []),
    ...(invariants.some(({ outcome }) => outcome === 'broken') ? ['invariant'] : []),
    ...(cells.some(({ outcome }) => outcome === 'regressed') ? ['regressed'] : []),
  ];
}

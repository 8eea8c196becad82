// npm run check:papers [-- <name> …] [--strict] [--workers N] [--update | --results]
// Holds published experiments, at the scale ci, against their baselines results/papers/<name>/ci/baseline.json and the invariants of
// experiments/papers/scales/ci.yaml: `querybench check`, which runs what is missing with this very build. --update accepts what is
// found; --results compares the results in results/reproduced/<name>/ci as they are, and runs nothing. Exit codes are those of `check`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { duration } from '../dist/foundation/duration.js';
import { UserError } from '../dist/foundation/userError.js';
import { checkLine, uncheckedLine, worstExitCode } from '../dist/papers/checkLine.js';
import { EXPERIMENTS, keptFolder, runFolder } from '../dist/papers/folders.js';
import { GUARDED_SCALE, reproductionNames, scaleOverrides } from '../dist/papers/scales.js';
import { baselinePath } from '../dist/papers/writeReproduction.js';
import { runQuerybench } from './papers/runQuerybench.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'querybench-papers-'));

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UserError) && !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(`check:papers: ${error.message}`);
  process.exitCode = 2;
} finally {
  rmSync(temporary, { recursive: true });
}

async function main() {
  const flag = { type: 'boolean', default: false };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { strict: flag, update: flag, results: flag, workers: { type: 'string' } },
  });
  if (values.results && values.workers !== undefined) {
    throw new UserError('bad-option', '--workers is for running, and --results runs nothing. Leave one out.');
  }
  const chosen = await choose(positionals);
  // What cannot be checked is said before anything runs for an hour.
  const isLacking = ({ directory }) => !values.update && !existsSync(baselinePath(directory));
  const codes = chosen.filter(isLacking).map(({ name, directory }) => {
    const how = `npm run reproduce -- ${name} --scale ${GUARDED_SCALE}`;
    console.log(uncheckedLine(name, `there is no ${baselinePath(directory)} yet: ${how}`));
    return 2;
  });
  for (const each of chosen.filter((one) => !isLacking(one))) {
    const code = await checkOne(each, values);
    codes.push(code);
    if (code === 130) break;
  }
  return worstExitCode(codes);
}

/** Those that are named, else all that have the scale. Throws `UserError`: "unknown-name", "no-such-scale". */
async function choose(names) {
  const chosen = [];
  for (const name of names.length === 0 ? reproductionNames(EXPERIMENTS) : new Set(names)) {
    try {
      const overrides = await scaleOverrides(EXPERIMENTS, name, GUARDED_SCALE);
      chosen.push({ name, overrides, directory: keptFolder(name, GUARDED_SCALE) });
    } catch (error) {
      if (names.length > 0 || error.code !== 'no-such-scale') throw error;
    }
  }
  return chosen;
}

/** Prints the line, and all that was found where that is not fine. Returns the exit code. */
async function checkOne({ name, overrides, directory }, { strict, update, results, workers }) {
  const start = performance.now();
  const report = join(temporary, `${name}.json`);
  const { code, output } = await runQuerybench(
    [
      'check',
      ...(results
        ? [runFolder(name, GUARDED_SCALE)]
        : [
            join(EXPERIMENTS, `${name}.yaml`),
            ...overrides.flatMap((override) => ['--set', override]),
            ...(workers === undefined ? [] : ['--workers', workers]),
          ]),
      ...['--baseline', baselinePath(directory), '--format', `json=${report}`],
      ...(strict ? ['--strict'] : []),
      ...(update ? ['--update'] : []),
    ],
    { keepsOutput: true },
  );
  const took = duration((performance.now() - start) / 1000);
  console.log(
    existsSync(report)
      ? `${checkLine(name, JSON.parse(readFileSync(report, 'utf8')))}; ${took}`
      : update && code === 0
        ? `${name}: its first baseline; ${took}`
        : uncheckedLine(
            name,
            code === 130 ? 'interrupted; the same command goes on' : 'for the reason above',
          ),
  );
  if (update || code !== 0) process.stdout.write(output === '' ? '' : `\n${output}\n`);
  return code;
}

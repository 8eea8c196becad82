// Whole sweeps as child processes, and where their time goes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStore } from '../../dist/store/readStore.js';

/** Seconds, peak memory, and the harness's share of the trials' time. `overrides` are `path=value`. */
export function runSweep(spec, numWorkers, overrides = []) {
  const directory = mkdtempSync(join(tmpdir(), 'querybench-bench-'));
  try {
    const args = ['scripts/bench/runSpec.mjs', spec, directory, String(numWorkers), ...overrides];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return { ...JSON.parse(stdout), harnessShare: harnessShare(readStore(directory).trials) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What is left of the trials' seconds after fitting, scoring and evaluating. */
function harnessShare(trials) {
  const cohorts = new Set();
  let [total, engine] = [0, 0];
  for (const { header, footer, rounds } of trials) {
    total += footer.seconds;
    for (const { round, seconds } of rounds) {
      // Round 0 is trained once for its cohort and its seconds stand in every member's record: count them once.
      const isShared = round === 0 && cohorts.has(header.trial.cohort);
      if (!isShared) engine += seconds.fit + seconds.score + seconds.evaluate;
    }
    cohorts.add(header.trial.cohort);
  }
  return (total - engine) / total;
}

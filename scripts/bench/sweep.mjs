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
  const total = trials.reduce((sum, { footer }) => sum + footer.seconds, 0);
  const engine = trials.reduce((sum, trial) => sum + engineSeconds(trial), 0);
  return (total - engine) / total;
}

/**
 * A worker trains a cohort's round 0 once, and scores it once, and the seconds stand in every member's record: a trial that
 * was shorter than its rounds took over the first, or both.
 */
function engineSeconds({ footer, rounds }) {
  const recorded = rounds.reduce(
    (sum, { seconds }) => sum + seconds.fit + seconds.score + seconds.evaluate,
    0,
  );
  const { fit, score, evaluate } = rounds[0].seconds;
  const trained = recorded <= footer.seconds ? recorded : recorded - fit - evaluate;
  return trained <= footer.seconds ? trained : trained - score;
}

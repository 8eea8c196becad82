// mnist-cff.yaml on two workers against one (QUERYBENCH_BENCH_ROUNDS queries a trial, 60 are the whole experiment),
// and where its time goes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStore } from '../../dist/store/readStore.js';

const rounds = process.env.QUERYBENCH_BENCH_ROUNDS ?? '12';

export async function* measure() {
  const one = sweep(1);
  const two = sweep(2);
  yield {
    what: `mnist-cff with ${rounds} queries a trial, 2 workers against 1, throughput`,
    ...{ ratio: one.seconds / two.seconds, goal: '≥ 1.8', met: one.seconds / two.seconds >= 1.8 },
    detail: `${two.seconds.toFixed(1)} s against ${one.seconds.toFixed(1)} s, whole processes`,
  };
  yield {
    what: 'harness time outside fit, score and evaluate, share of a trial',
    ...{ ratio: two.harnessShare, goal: '≤ 0.05', met: two.harnessShare <= 0.05 },
    detail: 'summed over all trials, 2 workers',
  };
  yield {
    what: 'peak memory with 2 workers, GiB',
    ...{ ratio: two.gibibytes, goal: '≤ 1.2', met: two.gibibytes <= 1.2 },
    detail: 'resident set of the whole process',
  };
}

function sweep(numWorkers) {
  const directory = mkdtempSync(join(tmpdir(), 'querybench-bench-'));
  const args = [
    'scripts/bench/runSpec.mjs',
    'experiments/mnist-cff.yaml',
    directory,
    String(numWorkers),
    `rounds=${rounds}`,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const { seconds, gibibytes } = JSON.parse(stdout);
  const { trials } = readStore(directory);
  const cohorts = new Set();
  let [total, engine] = [0, 0];
  for (const { header, footer, rounds: records } of trials) {
    total += footer.seconds;
    for (const { round, seconds: phase } of records) {
      // Round 0 is trained once for its cohort and its seconds stand in every member's record: count them once.
      const isShared = round === 0 && cohorts.has(header.trial.cohort);
      if (!isShared) engine += phase.fit + phase.score + phase.evaluate;
    }
    cohorts.add(header.trial.cohort);
  }
  rmSync(directory, { recursive: true });
  return { seconds, gibibytes, harnessShare: (total - engine) / total };
}

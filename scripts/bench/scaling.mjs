// mnist-cff.yaml on two workers against one (QUERYBENCH_BENCH_ROUNDS queries a trial, 60 are the whole experiment),
// and the time that a sweep spends outside the engine: that one's, and a CNN's.
import { availableParallelism } from 'node:os';
import { runSweep } from './sweep.mjs';

const rounds = process.env.QUERYBENCH_BENCH_ROUNDS ?? '12';
const numCores = availableParallelism();

export async function* scaling() {
  const [one, two] = [1, 2].map((workers) =>
    runSweep('experiments/mnist-cff.yaml', workers, [`rounds=${rounds}`]),
  );
  const speedup = one.seconds / two.seconds;
  yield {
    ...{ what: `mnist-cff with ${rounds} queries a trial, 2 workers`, against: '1 worker', unit: '×' },
    ...{ value: speedup, goal: { least: 1.8 }, met: speedup >= 1.8 },
    detail: `${two.seconds.toFixed(1)} s against ${one.seconds.toFixed(1)} s, whole processes`,
  };
  yield share('MLP sweep (mnist-cff)', two.harnessShare, 0.05, 2);
  yield {
    ...{ what: 'peak memory, mnist-cff with 2 workers', value: two.gibibytes, unit: 'GiB' },
    ...{ goal: { most: 1.2 }, met: two.gibibytes <= 1.2, detail: 'resident set of the whole process' },
  };
}

/** A CNN, scored by MC-dropout, on every core. */
export async function* harness() {
  const { harnessShare } = runSweep('scripts/bench/cnnSweep.yaml', numCores);
  yield share('CNN sweep (scripts/bench/cnnSweep.yaml)', harnessShare, 0.02, numCores);
}

function share(what, value, most, workers) {
  return {
    ...{ what: `time outside fit, score and evaluate, ${what}`, value: 100 * value, unit: '% of a trial' },
    ...{
      goal: { most: 100 * most },
      met: value <= most,
      detail: `summed over all trials, ${workers} workers`,
    },
  };
}

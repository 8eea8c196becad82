// Strategies on embeddings against NumPy and scikit-learn, one thread against all cores, and the memory that badge takes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compare } from './compare.mjs';
import { batchbaldRedux, numpy, ours, repository } from './sides.mjs';

// QUERYBENCH_BENCH_DIVISOR makes pools smaller: to see that the programs run, not to measure.
const divisor = Number(process.env.QUERYBENCH_BENCH_DIVISOR ?? 1);
const numIterations = 20;
const lloyd = { numInit: 1, maxIterations: numIterations, tolerance: 0 };

const cases = [
  {
    ...{ name: 'badge', options: {}, k: 10, goal: 1 },
    shape: { numPool: 20_000, width: 768, numClasses: 100, numLabelled: 0 },
    rival: 'NumPy, factored',
  },
  {
    ...{ name: 'k-center', options: {}, k: 100, goal: 1 },
    shape: { numPool: 60_000, width: 128, numClasses: 10, numLabelled: 1000 },
    rival: 'NumPy',
  },
  {
    ...{ name: 'k-means', options: lloyd, k: 100, goal: 0.8 },
    shape: { numPool: 60_000, width: 128, numClasses: 10, numLabelled: 0 },
    rival: 'scikit-learn',
  },
  {
    ...{ name: 'typiclust', options: lloyd, k: 100, goal: 0.8 },
    shape: { numPool: 60_000, width: 128, numClasses: 10, numLabelled: 100 },
    rival: 'scikit-learn',
  },
];

/** Strategies that look at predictions alone. */
const scored = [
  { ...{ name: 'margin', k: 1000, goal: 0.8 }, shape: { numPool: 1_000_000, numClasses: 10 }, rival: numpy },
  { ...{ name: 'entropy', k: 1000, goal: 0.8 }, shape: { numPool: 1_000_000, numClasses: 10 }, rival: numpy },
];

const scoredJointly = [
  {
    ...{ name: 'batch-bald', k: 10, goal: 1 },
    shape: { numPool: 10_000, numClasses: 10, numDrawn: 100 },
    rival: batchbaldRedux,
  },
];

export const scores = (repetitions) => picks(scored, repetitions);

/** Minutes a repetition, most of them the rival's. */
export const jointScores = (repetitions = 1) => picks(scoredJointly, repetitions);

async function* picks(cases, repetitions = 7) {
  for (const { name, k, goal, shape: full, rival } of cases) {
    const shape = { ...full, numPool: Math.ceil(full.numPool / divisor), width: 1, numLabelled: 0 };
    const json = JSON.stringify(shape);
    yield compare(
      {
        ...{
          what: `${name}, N = ${shape.numPool}, C = ${shape.numClasses}, k = ${k}`,
          goal,
          unit: 'picks/s',
        },
        ours: ours('strategy.mjs', name, '{}', json, k),
        rival: rival('scores.py', name, json, k),
        detail: shape.numDrawn
          ? `K = ${shape.numDrawn} samples, at most 40,000 outcomes; ours rows by their bounds, theirs every row each time`
          : 'scores and top-k; ours from log-probabilities, theirs from probabilities',
      },
      repetitions,
    );
  }
}

export async function* strategies(repetitions = 7) {
  for (const { name, options, k, goal, shape: full, rival } of cases) {
    const shape = { ...full, numPool: Math.ceil(full.numPool / divisor) };
    const { numPool, width, numClasses, numLabelled } = shape;
    const json = JSON.stringify(shape);
    const iterations = options.maxIterations
      ? `, ${numIterations} Lloyd iterations from one k-means++ start`
      : '';
    yield compare(
      {
        ...{ what: `${name}, N = ${numPool}, d = ${width}, k = ${k}`, goal, unit: 'picks/s' },
        ours: ours('strategy.mjs', name, JSON.stringify(options), json, k),
        rival: { ...numpy('strategies.py', name, json, k, numIterations), name: rival },
        detail: `C = ${numClasses}, L = ${numLabelled}${iterations}; one thread against all cores`,
      },
      repetitions,
    );
  }
  yield badgeMemory();
}

function badgeMemory() {
  const { name, options, shape, k } = cases[0];
  const args = [name, JSON.stringify(options), JSON.stringify(shape), String(k)];
  const program = join(repository, 'scripts/bench/ours/strategyOnce.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const megabytes = JSON.parse(stdout).extra / 1e6;
  return {
    ...{
      what: `${name}, extra memory`,
      unit: 'MB',
      value: megabytes,
      goal: { most: 60 },
      met: megabytes <= 60,
    },
    detail: `N = ${shape.numPool}, d = ${shape.width}, C = ${shape.numClasses}, k = ${k}; peak of the process over what it held before`,
  };
}

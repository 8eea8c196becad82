// Runs PyRelational's quickstart on the very split and initial pool of our trials, one seed and strategy after the other:
//   node scripts/papers/pyrelational.mjs [SPEC] [--set path=value]… [--out FILE]
// SPEC: experiments/papers/pyrelational-fashion.yaml; e.g. --set seed=0-2 --set strategy=[margin]. Each run adds a line to FILE
// (results/papers/pyrelational-fashion/pyrelational.jsonl), keyed by our trial's id; what is there already is not run again, so it may be stopped
// at any time. PyRelational's environment is `npm run bench -- --install`'s, found as there (QUERYBENCH_RIVALS, else .rivals).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadPlan } from '../../dist/experiment/loadPlan.js';
import { hasPython, python } from '../bench/sides.mjs';
import { unpackFashion } from '../bench/unpackFashion.mjs';
import { appendLine, readLines } from './jsonLines.mjs';
import { rowsOfTrials } from './trialRows.mjs';

const program = fileURLToPath(new URL('pyrelational_quickstart.py', import.meta.url));
const known = ['entropy', 'least-confidence', 'margin', 'random', 'ratio'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'results/papers/pyrelational-fashion/pyrelational.jsonl' },
  },
});
const [path = 'experiments/papers/pyrelational-fashion.yaml'] = positionals;
const plan = await loadPlan(path, values.set);
const trials = plan.trials.filter(({ identity }) => known.includes(identity.strategy.name));
const done = new Set(readLines(values.out).map(({ trial }) => trial));
let rival;
const left = trials.filter(({ id }) => !done.has(id));
console.log(`${trials.length - left.length} of ${trials.length} runs are there.`);
if (left.length > 0) await runAll();

async function runAll() {
  if (!hasPython('pyrelational')) {
    throw new Error(
      'PyRelational is not installed: npm run bench -- --install, or set QUERYBENCH_RIVALS to its folder.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'querybench-pyrelational-'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopNow(folder));
  try {
    await unpackFashion(join(folder, 'FashionMNIST', 'raw'));
    const rowsOf = rowsOfTrials();
    rival = startRival(folder, left[0].identity);
    for (const { id, labels, identity } of left) {
      requireQuickstart(identity, left[0].identity);
      const { strategy, seed } = identity;
      const answer = await rival.ask({ strategy: strategy.name, seed, ...(await rowsOf(identity)) });
      appendLine(values.out, { trial: id, strategy: labels.strategy, seed, ...answer });
      const { accuracy } = answer.rounds.at(-1);
      console.log(`${labels.strategy}, seed ${seed}: ${accuracy.toFixed(4)} in the end, ${answer.seconds} s`);
    }
    await rival.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The run in progress is lost; its process ends with its pipe. */
function stopNow(folder) {
  rival?.kill();
  rmSync(folder, { recursive: true });
  process.exit(130);
}

/** PyRelational's program knows one network and one data set: what differs from run to run are strategy, seed and rows. */
function requireQuickstart({ dataset, model, queryBatchSize }, first) {
  const shape = (config) => JSON.stringify([config.training, config.samples]);
  const isMlp = model.layers.filter(({ type }) => type === 'dropout').length === 3;
  if (dataset.name === 'fashion-mnist' && isMlp && shape(model) === shape(first.model)) {
    if (queryBatchSize === first.queryBatchSize) return;
  }
  throw new Error(
    `${path} must be of one setting: fashion-mnist, mlp-dropout, one query batch size, one training.`,
  );
}

function startRival(folder, { queryBatchSize, model: { training } }) {
  const numbers = [queryBatchSize, training.stop.epochs, training.batchSize].map(String);
  const child = spawn(python('pyrelational'), [program, folder, ...numbers]);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4000);
  });
  const ended = new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { done: isOver, value } = await lines.next();
      if (isOver) throw new Error(`PyRelational ended with ${await ended}:\n${errors}`);
      return JSON.parse(value);
    },
    kill: () => child.kill(),
    stop() {
      child.stdin.end();
      return ended;
    },
  };
}

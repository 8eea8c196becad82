// Runs PyRelational's quickstart on the very split and initial pool of our trials, one seed and strategy after the other:
//   node scripts/papers/pyrelational.mjs [SPEC] [--set path=value]… [--variant mended|shared-masks] [--out FILE]
// SPEC: experiments/papers/pyrelational-fashion.yaml; e.g. --set seed=0-2 --set strategy=[margin]. Each run adds a line to FILE
// (results/papers/pyrelational-fashion/pyrelational.jsonl, or pyrelational-<variant>.jsonl), keyed by our trial's id; what is there already is
// not run again, so it may be stopped at any time. Variants put right what the release has wrong (pyrelational_quickstart.py). PyRelational's
// environment is `npm run bench -- --install`'s, found as there (QUERYBENCH_RIVALS, else .rivals).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { loadPlan } from '../../dist/experiment/loadPlan.js';
import { withoutNames } from '../../dist/models/layerNames.js';
import { presets } from '../../dist/models/presets.js';
import { PAGES } from '../../dist/papers/folders.js';
import { hasPython, python } from '../bench/sides.mjs';
import { unpackFashion } from '../bench/unpackFashion.mjs';
import { appendLine, readLines } from './jsonLines.mjs';
import { startRival } from './rivalProcess.mjs';
import { rowsOfTrials } from './trialRows.mjs';

const program = fileURLToPath(new URL('pyrelational_quickstart.py', import.meta.url));
const known = ['entropy', 'least-confidence', 'margin', 'random', 'ratio'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string', multiple: true, default: [] },
    variant: { type: 'string' },
    out: { type: 'string' },
  },
});
const [path = 'experiments/papers/pyrelational-fashion.yaml'] = positionals;
const { variant } = values;
if (variant !== undefined && !['mended', 'shared-masks'].includes(variant)) {
  console.error(`pyrelational: --variant must be mended or shared-masks; met ${variant}.`);
  process.exit(2);
}
const name = ['pyrelational', variant].filter(Boolean).join('-');
const out = values.out ?? join(PAGES, `pyrelational-fashion/${name}.jsonl`);
const plan = await loadPlan(path, values.set);
const trials = plan.trials.filter(({ identity }) => known.includes(identity.strategy.name));
const done = new Set(readLines(out).map(({ trial }) => trial));
let rival;
const left = trials.filter(({ id }) => !done.has(id));
console.log(`${trials.length - left.length} of ${trials.length} runs are there.`);
for (const { identity } of trials) requireQuickstart(identity, trials[0].identity);
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
    const { queryBatchSize, model } = left[0].identity;
    const { stop, batchSize } = model.training;
    const settings = [queryBatchSize, stop.epochs, batchSize].map(String);
    if (variant !== undefined) settings.push(variant);
    rival = startRival('PyRelational', python('pyrelational'), [program, folder, ...settings]);
    for (const { id, labels, identity } of left) {
      const { strategy, seed } = identity;
      const answer = await rival.ask({ strategy: strategy.name, seed, ...(await rowsOf(identity)) });
      appendLine(out, { trial: id, strategy: labels.strategy, seed, ...answer });
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
  const isMlp = isDeepStrictEqual(model.layers, withoutNames(presets['mlp-dropout'].config.layers));
  const isSampled = model.samples?.kind === 'mc-dropout' && model.samples.count === 10;
  if (dataset.name === 'fashion-mnist' && isMlp && isSampled && shape(model) === shape(first.model)) {
    if (queryBatchSize === first.queryBatchSize) return;
  }
  throw new Error(
    `${path} must be of one setting: fashion-mnist, mlp-dropout with 10 samples, one query batch size, one training.`,
  );
}

// Trains scikit-learn's MLPClassifier and LogisticRegression on the very rows of stored trials on digits, round by round:
//   node scripts/papers/scikitLearn.mjs RESULTS… [--out FILE] [--strategies random,margin] [--seeds 0,1]
// RESULTS are directories that `querybench run` has filled with trials of the models mlp-sklearn and logistic. Each trial adds a line to FILE
// (results/papers/digits/scikit-learn.jsonl), keyed by its id; what is there already is not run again, so it may be stopped at any time.
// PYTHON names an interpreter that has what scripts/fixtures/requirements.txt pins (python3).
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { loadConfigured, normalizationOf } from '../../dist/datasets/index.js';
import { withoutNames } from '../../dist/models/layerNames.js';
import { presets } from '../../dist/models/presets.js';
import { PAGES } from '../../dist/papers/folders.js';
import { readStores } from '../../dist/store/readStores.js';
import { appendLine, readLines } from './jsonLines.mjs';
import { startRival } from './rivalProcess.mjs';
import { rowsOfTrials } from './trialRows.mjs';

const program = fileURLToPath(new URL('scikit_learn.py', import.meta.url));
const models = ['mlp-sklearn', 'logistic'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: join(PAGES, 'digits/scikit-learn.jsonl') },
    strategies: { type: 'string' },
    seeds: { type: 'string' },
  },
});
if (positionals.length === 0)
  throw new Error('Name the directories of results: scikitLearn.mjs results/reproduced/digits/full');
const wanted = (list, value) => list === undefined || list.split(',').includes(String(value));
const trials = readStores(positionals)
  .trials.filter(({ footer }) => footer?.status === 'finished')
  .filter(({ header: { trial } }) => wanted(values.strategies, trial.labels.strategy))
  .filter(({ header: { trial } }) => wanted(values.seeds, trial.identity.seed));
const done = new Set(readLines(values.out).map(({ trial }) => trial));
const left = trials.filter(({ header }) => !done.has(header.trial.id));
console.log(`${trials.length - left.length} of ${trials.length} finished trials are there.`);
if (left.length > 0) await runAll();

async function runAll() {
  const requests = left.map((stored) => ({ stored, model: modelOf(stored) }));
  const { dataset } = left[0].header.trial.identity;
  const { info, features, labels } = await loadConfigured(dataset);
  const sha256 = (bytes) => createHash('sha256').update(Uint8Array.from(bytes)).digest('hex');
  const rival = startRival('scikit-learn', process.env.PYTHON ?? 'python3', [program]);
  rival.tell({
    ...{ pixelsSha256: sha256(features), labelsSha256: sha256(labels) },
    ...normalizationOf(info, dataset),
  });
  const rowsOf = rowsOfTrials();
  for (const { stored, model } of requests) {
    const { id, identity, labels: names } = stored.header.trial;
    const { initial, test } = await rowsOf(identity);
    const queries = stored.rounds.map(({ queriedRows }) => queriedRows).slice(0, -1);
    const answer = await rival.ask({ model, seed: identity.seed, initial, queries, test });
    requireSameLabels(stored, answer);
    appendLine(values.out, { trial: id, model, strategy: names.strategy, seed: identity.seed, ...answer });
    console.log(`${model} ${names.strategy}, seed ${identity.seed}: ${answer.seconds} s`);
  }
  await rival.stop();
}

/** Throws where scikit-learn would train something else. */
function modelOf({ header: { trial }, rounds }) {
  const { identity, labels } = trial;
  const { dataset } = left[0].header.trial.identity;
  const configOf = ({ config }) => ({ ...config, layers: withoutNames(config.layers) });
  const model = models.find((name) => isDeepStrictEqual(identity.model, configOf(presets[name])));
  const isSame =
    identity.dataset.name === 'digits' && identity.dataset.normalization === dataset.normalization;
  const isPerfect =
    rounds.every(({ answers }) => !answers.includes(-1)) && identity.oracle.name === 'perfect';
  if (model !== undefined && isSame && isPerfect) return model;
  throw new Error(
    `Trial ${trial.id} must be of digits, in one normalization, with a perfect oracle and the preset ${models.join(' or ')}; ` +
      `it is of ${labels.dataset}, ${labels.model}, ${labels.oracle}.`,
  );
}

function requireSameLabels({ header, rounds }, answer) {
  const counts = (each) => each.map(({ numLabels }) => numLabels);
  if (isDeepStrictEqual(counts(rounds), counts(answer.rounds))) return;
  throw new Error(
    `Trial ${header.trial.id} was trained on ${counts(rounds)} labels, scikit-learn on ${counts(answer.rounds)}.`,
  );
}

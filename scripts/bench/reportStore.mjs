// A store as a large sweep would leave it, made by a formula: rising curves with noise per seed, and rows queried at random.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveStream } from '../../dist/foundation/randomStream.js';
import { encodeLine } from '../../dist/store/recordLine.js';

const environment = { querybench: '0.1.0', node: process.version, engine: 'onnx (cpu)' };
const batchSize = 10;
const poolSize = 20_000;

/** Writes `experiment.json` and a record file per trial into `directory`. Returns the number of rounds in all. */
export function writeStore(directory, { numStrategies, pools, numSeeds, numRounds }) {
  mkdirSync(join(directory, 'trials'), { recursive: true });
  const planned = [];
  for (const pool of pools) {
    for (let strategy = 0; strategy < numStrategies; strategy++) {
      for (let seed = 0; seed < numSeeds; seed++) {
        const trial = trialOf({ pool, strategy, seed, numRounds });
        planned.push({ id: trial.id, labels: trial.labels });
        const lines = [
          { kind: 'header', schemaVersion: 1, trial, environment },
          ...rounds(trial, strategy, numRounds),
        ];
        lines.push({ kind: 'footer', status: 'finished', numRounds, seconds: numRounds * 0.1 });
        writeFileSync(join(directory, 'trials', `${trial.id}.jsonl`), lines.map(encodeLine).join(''));
      }
    }
  }
  const experiment = { schemaVersion: 1, name: 'large', spec: { name: 'large' }, trials: planned };
  writeFileSync(join(directory, 'experiment.json'), JSON.stringify(experiment));
  return planned.length * numRounds;
}

function trialOf({ pool, strategy, seed, numRounds }) {
  const name = strategy === 0 ? 'random' : `strategy-${strategy}`;
  const labels = { dataset: 'synthetic', model: 'mlp', strategy: name, oracle: 'perfect' };
  const component = (text) => ({ name: text, version: 1, options: {} });
  const identity = {
    ...{
      dataset: { name: 'synthetic' },
      model: { layers: [] },
      strategy: component(name),
      oracle: component('perfect'),
    },
    ...{ initialPoolSize: pool, queryBatchSize: batchSize, budget: pool + (numRounds - 1) * batchSize, seed },
  };
  const id = (pool * 1_000_000 + strategy * 1000 + seed).toString(16).padStart(16, '0');
  return { id, cohort: `${pool}-${seed}`, labels, identity };
}

function* rounds({ identity }, strategy, numRounds) {
  const { initialPoolSize, seed } = identity;
  const shared = deriveStream('split', { seed, initialPoolSize });
  const own = deriveStream('strategy', { strategy, seed, initialPoolSize });
  const start = 0.4 + 0.02 * shared.normal();
  let drift = 0;
  for (let round = 0; round < numRounds; round++) {
    if (round > 0) drift = 0.7 * drift + 0.004 * own.normal();
    const growth = 1 + (round * batchSize) / initialPoolSize;
    const accuracy = 1 - start * growth ** -(0.35 + 0.012 * strategy) + drift;
    const queriedRows =
      round === numRounds - 1 ? [] : Array.from({ length: batchSize }, () => own.integer(poolSize));
    yield {
      ...{ kind: 'round', round, numLabels: initialPoolSize + round * batchSize },
      metrics: { accuracy, nll: 3 * (1 - accuracy), macroF1: accuracy, brier: 1 - accuracy, ece: 0.05 },
      training: { epochs: 50, steps: 400, finalLoss: 0.01 + 0.001 * shared.uniform() },
      ...{ queriedRows, answers: queriedRows.map((row) => row % 10), labelCost: queriedRows.length },
      seconds: { fit: 0.05 + 0.001 * round, score: 0.004, select: 0.001, evaluate: 0.002 },
    };
  }
}

// Writes results/proof/bank.json: node scripts/proof/makeBank.mjs [seeds] [folder]. 2,800 trials, about ten minutes on two cores; what
// is in the folder already is not run again.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStore } from '../../dist/index.js';
import { bankPath, renderBank } from './bank.mjs';
import { buildBroken } from './brokenBuild.mjs';
import { defects } from './defects.mjs';

const [seeds = '0-199', folder = join(tmpdir(), 'querybench-bank')] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Those whose effect is on one strategy, and how it is measured: the strategy's cells are run with the defect in. */
const measured = {
  'entropy-sign': 'entropy',
  'margin-second-third': 'margin',
  'ties-by-row-order': 'random',
};

function run(program, directory, words = []) {
  const command = [program, 'run', 'experiments/ci.yaml', '--seeds', seeds, '--out', directory, ...words];
  execFileSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return readStore(directory).trials;
}

const sound = run('dist/cli/main.js', join(folder, 'sound'));
const broken = Object.entries(measured).map(([name, strategy]) => {
  const program = buildBroken(defects.find((defect) => defect.name === name));
  return [
    name,
    run(program, join(folder, name), ['--set', `strategy=${strategy}`, '--set', 'check.invariants=[]']),
  ];
});

const numTest = smallestDenominator(sound);
const bank = {
  numTest,
  numLabels: sound[0].rounds.map((round) => round.numLabels),
  sound: cellsOf(sound),
  defects: Object.fromEntries(broken.map(([name, trials]) => [name, cellsOf(trials)])),
};
mkdirSync(dirname(bankPath), { recursive: true });
writeFileSync(bankPath, renderBank(bank));

/** Accuracies are whole numbers of this many test rows. */
function smallestDenominator(trials) {
  const values = trials.flatMap(({ rounds }) => rounds.map(({ metrics }) => metrics.accuracy));
  for (let rows = 1; rows <= 100_000; rows++) {
    if (values.every((value) => Math.abs(value * rows - Math.round(value * rows)) < 1e-9)) return rows;
  }
  throw new Error('Accuracies are no shares of a number of test rows.');
}

function cellsOf(trials) {
  const cells = new Map();
  const bySeed = trials.toSorted((a, b) => a.header.trial.identity.seed - b.header.trial.identity.seed);
  for (const { header, rounds } of bySeed) {
    const { strategy, oracle } = header.trial.labels;
    const key = `${oracle} ${strategy}`;
    const cell = cells.get(key) ?? { strategy, oracle, curves: [] };
    cells.set(key, cell);
    cell.curves.push(rounds.map(({ metrics }) => Math.round(metrics.accuracy * numTest)));
  }
  return [...cells.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

// How often a check is wrong: node scripts/proof/honesty.mjs [checks]. Draws groups of seeds from results/proof/bank.json, judges them
// by the rules and the number of seeds of experiments/ci.yaml, and writes results/proof/honesty.{json,md}.
//
// - Nothing has changed: baseline and run are the sound program under different seeds, the noisiest case there is. (Under the same seeds
//   all gains are 0.) A red check is a false alarm.
// - Something has: the run is a broken program's own bank, its curves shifted by a constant so that the true mean difference is -2 margins in
//   each cell that the defect changes; once under the baseline's seeds, as `querybench check` does it, once under others.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { markdownTable } from 'markdown-table';
import { aubc, meanOf } from '../../dist/analysis/index.js';
import { rulesOf } from '../../dist/experiment/checkRules.js';
import { loadPlan } from '../../dist/experiment/loadPlan.js';
import { deriveStream } from '../../dist/foundation/randomStream.js';
import { judgeCells } from '../../dist/verdict/judgeCells.js';
import { readBank } from './bank.mjs';

const numChecks = Number(process.argv[2] ?? 1000);
const outPath = (name) => fileURLToPath(new URL(`../../results/proof/${name}`, import.meta.url));
const plan = await loadPlan(fileURLToPath(new URL('../../experiments/ci.yaml', import.meta.url)));
const rules = rulesOf(plan);
const numSeeds = plan.spec.seed.length;
const bank = readBank();
const numBanked = bank.sound[0].curves.length;
const area = (curve) =>
  aubc(curve.map((right, i) => ({ spent: bank.numLabels[i], value: right / bank.numTest })));
const meanArea = ({ curves }) => meanOf(curves.map(area));
const nameOf = ({ oracle, strategy }) => `${oracle} ${strategy}`;

/** A cell as a baseline has it, of chosen seeds of the bank, renumbered so that the i-th of both sides are a pair. */
function cell({ strategy, oracle, curves }, seeds, shift = 0) {
  const accuracies = seeds.map((seed) => curves[seed].map((right) => right / bank.numTest + shift));
  return {
    ...{ dataset: 'digits', model: 'small mlp', initialPoolSize: 40, queryBatchSize: 10, strategy, oracle },
    identity: {},
    seeds: accuracies.map((accuracy, seed) => ({ seed, numLabels: bank.numLabels, metrics: { accuracy } })),
  };
}

/** `currentOf(soundCell, baselineSeeds, otherSeeds)` makes the other side. */
function simulate(purpose, currentOf) {
  const outcomes = { red: 0, falselyRed: 0, inconclusiveCells: 0, cells: 0 };
  for (let check = 0; check < numChecks; check++) {
    const drawn = deriveStream('bootstrap', { purpose, check }).permutation(numBanked);
    const [first, second] = [drawn.slice(0, numSeeds), drawn.slice(numSeeds, 2 * numSeeds)].map((part) => [
      ...part,
    ]);
    const pairs = bank.sound.map((sound) => ({
      baseline: cell(sound, first),
      current: currentOf(sound, first, second),
    }));
    const verdicts = judgeCells(pairs, rules);
    const regressed = verdicts.filter(({ outcome }) => outcome === 'regressed');
    outcomes.red += Number(regressed.length > 0);
    outcomes.cells += verdicts.length;
    outcomes.inconclusiveCells += verdicts.filter(({ outcome }) => outcome === 'inconclusive').length;
  }
  return {
    red: outcomes.red / numChecks,
    inconclusive: outcomes.inconclusiveCells / outcomes.cells,
  };
}

const rows = [
  {
    what: 'nothing changed',
    seeds: 'others',
    ...simulate('null', (sound, _, second) => cell(sound, second)),
  },
];
for (const [name, cells] of Object.entries(bank.defects)) {
  const broken = new Map(cells.map((each) => [nameOf(each), each]));
  const effects = new Map(
    bank.sound
      .filter((sound) => broken.has(nameOf(sound)))
      .map((sound) => [nameOf(sound), meanArea(broken.get(nameOf(sound))) - meanArea(sound)]),
  );
  const side = (pick, isShifted) => (sound, first, second) => {
    const key = nameOf(sound);
    const seeds = pick(first, second);
    if (!broken.has(key)) return cell(sound, seeds);
    return cell(broken.get(key), seeds, isShifted ? -2 * rules.margin - effects.get(key) : 0);
  };
  const [same, others] = [(first) => first, (_, second) => second];
  const effect = meanOf([...effects.values()]);
  rows.push(
    { what: `${name}, true difference −2 margins`, seeds: 'the same', ...simulate(name, side(same, true)) },
    { what: `${name}, true difference −2 margins`, seeds: 'others', ...simulate(name, side(others, true)) },
    {
      what: `${name}, as it is (${effect.toFixed(3)})`,
      seeds: 'the same',
      ...simulate(name, side(same, false)),
    },
  );
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const table = markdownTable([
  ['what', "run's seeds", 'checks that are red', 'cells that are inconclusive'],
  ...rows.map(({ what, seeds, red, inconclusive }) => [what, seeds, percent(red), percent(inconclusive)]),
]);
const { margin, alpha } = rules;
writeFileSync(
  outPath('honesty.json'),
  `${JSON.stringify({ numChecks, numSeeds, margin, alpha, rows }, undefined, 1)}\n`,
);
writeFileSync(
  outPath('honesty.md'),
  `${numChecks} checks each, of ${bank.sound.length} cells × ${numSeeds} seeds drawn from ${numBanked}; margin ${margin}, alpha ${alpha}.\n\n${table}\n`,
);
process.stdout.write(`${table}\n`);

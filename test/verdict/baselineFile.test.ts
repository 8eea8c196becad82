import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aubc, learningCurve } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { BASELINE_VERSION, type Baseline } from '../../src/verdict/baseline.ts';
import { makeBaseline } from '../../src/verdict/makeBaseline.ts';
import { parseBaseline, readBaseline } from '../../src/verdict/readBaseline.ts';
import { renderBaseline } from '../../src/verdict/renderBaseline.ts';
import { roundHash } from '../../src/verdict/roundHash.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { refusal } from '../experiment/sampleSpec.ts';
import { temporaryFolder } from '../folders.ts';

const strategies = ['random', 'margin', 'entropy', 'ratio'];
const sweep = syntheticSweep({ strategies, seeds: [0, 1, 2], initialPoolSizes: [20, 50] });

test('a baseline holds what was stored: curves, areas, queries, hashes, times', () => {
  const trial = syntheticTrial({ seed: 3 });
  const baseline = makeBaseline([trial, syntheticTrial({ seed: 4, status: 'failed' })], 'ci');
  expect(baseline.cells).toHaveLength(1);
  const [seed, ...others] = baseline.cells[0]?.seeds ?? [];
  expect(others).toEqual([]);
  expect(seed).toMatchObject({
    ...{ seed: 3, trialId: trial.header.trial.id, numLabels: [20, 30, 40, 50, 60] },
    finalAccuracy: trial.rounds.at(-1)?.metrics.accuracy,
    roundHashes: trial.rounds.map(roundHash),
    queriedRows: trial.rounds.map(({ queriedRows }) => queriedRows),
  });
  expect(seed?.metrics.nll).toEqual(trial.rounds.map(({ metrics }) => metrics.nll));
  expect(seed?.aubc.nll).toBe(aubc(learningCurve(trial, 'nll')));
  expect(seed?.seconds.fit).toBeCloseTo(0.26);
  expect(baseline.environment).toEqual({ engine: 'onnx (cpu)', node: 'v20.20.2', querybench: '0.1.0' });
});

test('its spec hash depends on the spec, not on seeds, results or the order of trials', () => {
  const hash = (trials: readonly StoredTrial[]) => makeBaseline(trials, 'ci').specHash;
  expect(hash(sweep.toReversed())).toBe(hash(sweep));
  expect(hash(syntheticSweep({ strategies, seeds: [7], initialPoolSizes: [20, 50] }))).toBe(hash(sweep));
  expect(hash(sweep.slice(3))).not.toBe(hash(sweep));
  expect(hash([syntheticTrial({ options: { beta: 1 } })])).not.toBe(hash([syntheticTrial()]));
});

test('trials of several specs under the same labels are refused, and so is a seed met twice', () => {
  const mixed = [syntheticTrial({ seed: 1 }), syntheticTrial({ seed: 2, options: { beta: 1 } })];
  expect(() => makeBaseline(mixed, 'ci')).toThrow(
    refusal(
      'mixed-cell',
      /^Trials of a cell .* random \(digits, .*\) differ in strategy.options.beta: none → 1\. /,
    ),
  );
  const twice = [syntheticTrial({ seed: 1 }), syntheticTrial({ seed: 1, id: 'other' })];
  expect(() => makeBaseline(twice, 'ci')).toThrow(refusal('mixed-cell', /have the seed 1 more than once/));
  expect(() => makeBaseline([syntheticTrial({ status: 'failed' })], 'ci')).toThrow(
    refusal('no-finished-trial', /"ci" has none/),
  );
});

test('a budget that depends on the seed is no part of what the seeds have in common', () => {
  const trials = [syntheticTrial({ seed: 1, numRounds: 4 }), syntheticTrial({ seed: 2, numRounds: 5 })];
  expect(makeBaseline(trials, 'ci').cells[0]?.identity).not.toHaveProperty('budget');
  expect(makeBaseline(trials.slice(1), 'ci').cells[0]?.identity).toHaveProperty('budget', 60);
});

/** Any double but NaN and -0, which records cannot hold: JSON writes -0 as 0. */
const number = fc.double({ noNaN: true }).map((value) => value + 0);

test('a file gives back its baseline bit for bit, and writing that again the same file', () => {
  const values = fc.array(fc.oneof(number, fc.constant(Number.NaN)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), fc.string(), (curves, strategy) => {
      const trials = curves.map((accuracies, seed) => syntheticTrial({ seed, strategy, accuracies }));
      const baseline = makeBaseline(trials, 'ci');
      const text = renderBaseline(baseline);
      const read = parseBaseline(text, 'ci.json');
      expect(read).toStrictEqual(baseline);
      expect(renderBaseline(read)).toBe(text);
    }),
    { numRuns: 50 },
  );
});

test('a changed seed changes its own lines, and a changed spec one line for all cells', () => {
  const lines = (baseline: Baseline) => renderBaseline(baseline).split('\n');
  const before = lines(makeBaseline(sweep, 'ci'));
  const changed = sweep.map((trial, i) =>
    i === 4 ? syntheticTrial({ strategy: 'margin', seed: 1, skill: 0.9 }) : trial,
  );
  const after = lines(makeBaseline(changed, 'ci'));
  expect(after).toHaveLength(before.length);
  // Area and final accuracy, the curves, queries and hashes; and the checksum.
  expect(after.filter((line, i) => line !== before[i])).toHaveLength(4);
});

test('8 cells of 10 seeds and 10 rounds of real numbers stay well below 200 kB', () => {
  const seeds = Array.from({ length: 10 }, (_, seed) => seed);
  const trials = syntheticSweep(
    { strategies, seeds, initialPoolSizes: [20, 50] },
    { numRounds: 10, queryBatchSize: 10 },
  ).map((trial) => ({
    ...trial,
    rounds: trial.rounds.map((round) => ({
      ...round,
      // Figures with all their digits, as real ones have.
      metrics: {
        ...round.metrics,
        nll: round.metrics.nll / 3.1,
        brier: round.metrics.brier / 7.3,
        ece: 0.05 / 1.7,
      },
    })),
  }));
  expect(renderBaseline(makeBaseline(trials, 'ci')).length).toBeLessThan(170_000);
});

const text = renderBaseline(makeBaseline(sweep, 'ci'));

test.each<[name: string, text: string, code: string, message: RegExp]>([
  [
    'cut short',
    text.slice(0, -500),
    'broken-baseline',
    /cannot be read to its end: .*Restore it from version control/s,
  ],
  ['empty', '', 'broken-baseline', /cannot be read to its end/],
  ['of another kind', '{"schemaVersion": 1, "name": "ci"}', 'broken-baseline', /JSON of another kind/],
  ['a list', '[]', 'broken-baseline', /JSON of another kind/],
  [
    'in conflict',
    `<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n`,
    'broken-baseline',
    /Resolve the conflict by making it again with --update/,
  ],
  [
    'newer',
    text.replace(`"version": ${BASELINE_VERSION}`, `"version": ${BASELINE_VERSION + 1}`),
    'newer-baseline',
    /of version 2; this querybench reads versions up to 1\. Upgrade/,
  ],
  [
    'edited by hand',
    text.replace(/"finalAccuracy":0\.\d+/, '"finalAccuracy":0.99'),
    'broken-baseline',
    /its checksum differs/,
  ],
  [
    'of wrong types',
    text.replace('"seed":0,', '"seed":"0",'),
    'broken-baseline',
    /wrong at cells\.0\.seeds\.0\.seed/,
  ],
  [
    'short of a round',
    text.replace(/"numLabels":\[20,/, '"numLabels":['),
    'broken-baseline',
    /all of a seed’s lists must have one entry per round/,
  ],
])('a file that is %s is refused with a remedy', (_name, broken, code, message) => {
  expect(broken).not.toBe(text);
  expect(() => parseBaseline(broken, 'ci.json')).toThrow(refusal(code, message));
});

test('damage of one character is noticed, unless it changes no value', () => {
  const whole = parseBaseline(text, 'ci.json');
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '7', 'x', '"', ','), (place, character) => {
      const damaged = `${text.slice(0, place)}${character}${text.slice(place + 1)}`;
      try {
        // A number's seventeenth digit may be another of the same double.
        expect(parseBaseline(damaged, 'ci.json')).toStrictEqual(whole);
      } catch (error) {
        expect(error).toEqual(
          expect.objectContaining({ name: 'UserError', code: expect.stringMatching(/-baseline$/) }),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('files are read; one that is not there is made with --update', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ci.json'), text);
  expect(readBaseline(join(folder, 'ci.json'))).toStrictEqual(makeBaseline(sweep, 'ci'));
  expect(() => readBaseline(join(folder, 'no.json'))).toThrow(
    refusal('no-baseline', /make the file with --update/),
  );
});

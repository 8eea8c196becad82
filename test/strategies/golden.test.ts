/**
 * Scores and picks of other people's code on the same predictions (scripts/fixtures/strategies_sampling.py): modAL, baal,
 * scikit-activeml, small-text, batchbald_redux.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { createEngine } from '../../src/engines/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { strategies } from '../../src/strategies/index.ts';
import { collectCandidates } from '../../src/strategies/sampling/batchBald/candidates.ts';
import { gains } from '../../src/strategies/sampling/batchBald/gains.ts';
import {
  drawnOutcomes,
  emptyOutcomes,
  withDrawnClass,
  withEveryClass,
} from '../../src/strategies/sampling/batchBald/outcomes.ts';
import { contextOf, type Pool } from './pools.ts';

interface GoldenPool {
  readonly samples: readonly (readonly (readonly number[])[])[];
  readonly scores: Readonly<Record<string, readonly number[]>>;
  readonly batchbald_redux: { readonly picks: readonly number[]; readonly scores: readonly number[] };
  readonly 'skactiveml batch_bald': { readonly picks: readonly number[] };
}

const fixture: { readonly pools: Readonly<Record<string, GoldenPool>> } = JSON.parse(
  readFileSync(new URL('../fixtures/strategies-sampling.json', import.meta.url), 'utf8'),
);
const compute = createCompute(await createEngine('onnx'));

/** Rows numbered by their place, so that picks are places. */
function contextFor({ samples }: GoldenPool) {
  const rows = samples[0]?.map((_, i) => i) ?? [];
  const pool: Pool = {
    ...{ rows, samples, numClasses: samples[0]?.[0]?.length ?? 0 },
    embeddings: rows.map(() => [0, 0, 0]),
    labelled: { rows: [], answers: [], embeddings: [] },
  };
  return contextOf(pool, deriveStream('strategy', {}), compute);
}

/** Their name, ours, how theirs is made into ours, and how far the two may be apart. */
type SameScores = [
  theirs: string,
  ours: string,
  options: object,
  convert?: (value: number) => number,
  tolerance?: number,
];

const sameScores: SameScores[] = [
  ['modAL classifier_uncertainty', 'least-confidence', {}],
  // Theirs is to be minimised.
  ['modAL classifier_margin', 'margin', {}, (margin) => 1 - margin],
  ['modAL classifier_entropy', 'entropy', {}],
  ['skactiveml least_confident', 'least-confidence', {}],
  ['skactiveml margin_sampling', 'margin', {}],
  ['skactiveml entropy', 'entropy', {}],
  ['modAL consensus_entropy', 'mc-entropy', {}],
  ['modAL vote_entropy', 'qbc-vote-entropy', {}],
  ['skactiveml vote_entropy', 'qbc-vote-entropy', {}],
  ['skactiveml variation_ratios', 'variation-ratio', {}],
  ['modAL classifier_uncertainty', 'variation-ratio', { definition: 'mean' }],
  ['modAL KL_max_disagreement', 'qbc-kl', { over: 'max' }],
  ['skactiveml average_kl_divergence', 'qbc-kl', {}],
  ['baal BALD', 'bald', {}],
  // Theirs is in bits, and adds 1e-8 to every probability within a logarithm; ours is in nats and needs no such help.
  ['small-text bald, bits', 'bald', {}, (bits) => bits * Math.LN2, 1e-6],
  // Theirs is the variance; the strategy is after the standard deviation, which orders rows differently.
  ['baal Variance, root, mean over classes', 'mean-std', {}],
  // Theirs is a difference of entropies in float32.
  ['baal EPIG', 'epig', { targets: 14 }, undefined, 5e-6],
  ['scipy entropy of class 1 against the rest', 'class-entropy', { class: 1 }],
];

describe.each(Object.entries(fixture.pools))('the pool "%s"', (_, pool) => {
  test.each<SameScores>(sameScores)(
    '%s is our %s %o',
    async (theirs, ours, options, convert = (value) => value, tolerance = 5e-7) => {
      const context = contextFor(pool);
      const scores = await strategies[ours]?.measure?.create({ ...options })(context);
      const expected = pool.scores[theirs]?.map(convert) ?? [];
      expect(expected.length).toBe(14);
      expected.forEach((value, i) => {
        expect(Math.abs((scores?.[i] ?? Number.NaN) - value), `row ${i}`).toBeLessThan(tolerance);
      });
    },
  );

  test('batch-bald picks as batchbald_redux and scikit-activeml do', async () => {
    const context = contextFor(pool);
    const { picks } = pool.batchbald_redux;
    const ours = await strategies['batch-bald']?.create({}).select(context, picks.length);
    expect([...(ours ?? [])]).toEqual(picks);
    expect(pool['skactiveml batch_bald'].picks).toEqual(picks);
  });

  test('joint entropies: what the rows of a batch add is what batchbald_redux says it is worth', async () => {
    const context = contextFor(pool);
    const candidates = await collectCandidates(context, 1);
    const { numDrawn, numClasses, probabilities } = candidates;
    const size = numDrawn * numClasses;
    let outcomes = emptyOutcomes(numDrawn);
    let total = 0;
    for (const [i, position] of pool.batchbald_redux.picks.entries()) {
      const [gain = Number.NaN] = await gains(compute, candidates, outcomes, [position]);
      total += gain;
      expect(total).toBeCloseTo(pool.batchbald_redux.scores[i] ?? Number.NaN, 5);
      outcomes = withEveryClass(outcomes, probabilities.subarray(position * size, (position + 1) * size));
      expect(outcomes.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    }
  });

  test('drawn outcomes estimate what all outcomes say', async () => {
    const context = contextFor(pool);
    const candidates = await collectCandidates(context, 1);
    const { numDrawn, numClasses, probabilities, rows } = candidates;
    const size = numDrawn * numClasses;
    let all = emptyOutcomes(numDrawn);
    let drawn = drawnOutcomes(numDrawn, 5000 * numDrawn);
    for (const position of pool.batchbald_redux.picks.slice(0, 4)) {
      const samples = probabilities.subarray(position * size, (position + 1) * size);
      all = withEveryClass(all, samples);
      drawn = withDrawnClass(drawn, samples, context.stream);
    }
    const exact = await gains(compute, candidates, all, rows);
    const estimated = await gains(compute, candidates, drawn, rows);
    exact.forEach((gain, i) => {
      expect(Math.abs((estimated[i] as number) - gain)).toBeLessThan(3e-3);
    });
    expect(Math.max(...exact)).toBeGreaterThan(1.5e-2);
  });
});

/** What a baseline keeps of a round beside its numbers, and the keys in which two configurations differ. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RoundRecord } from '../../src/store/record.ts';
import { decodeLine, encodeLine } from '../../src/store/recordLine.ts';
import { keyDifferences, keyDifferenceText } from '../../src/verdict/keyDifferences.ts';
import { roundHash } from '../../src/verdict/roundHash.ts';
import { arbitraryRounds, sampleRound } from '../store/sampleTrial.ts';

test('does not depend on times, and survives being stored', () => {
  fc.assert(
    fc.property(arbitraryRounds, (rounds) => {
      for (const round of rounds) {
        expect(roundHash(round)).toMatch(/^[0-9a-f]{8}$/);
        const slower = { ...round, seconds: { ...round.seconds, fit: 1e3 } };
        const stored = decodeLine(Buffer.from(encodeLine(slower).trimEnd()));
        expect(stored.ok && roundHash(stored.record as RoundRecord)).toBe(roundHash(round));
      }
    }),
  );
});

test('depends on everything else, to the last bit', () => {
  const round = sampleRound(1);
  const others: RoundRecord[] = [
    { ...round, numLabels: 31 },
    { ...round, totalCost: 30 },
    { ...round, metrics: { ...round.metrics, nll: round.metrics.nll + Number.EPSILON } },
    { ...round, training: { ...round.training, finalLoss: Number.NaN } },
    { ...round, training: { ...round.training, finalLoss: Number.POSITIVE_INFINITY } },
    { ...round, queriedRows: [3, 2] },
    { ...round, answers: [7, 1] },
    { ...round, labelCost: 2.5 },
    { ...round, poolClasses: [1, 2] },
  ];
  expect(new Set([round, ...others].map(roundHash)).size).toBe(others.length + 1);
});

test('keys that differ are named by their path, with both values', () => {
  const first = {
    a: 1,
    model: { layers: [{ units: 8 }, 'relu'], training: { batchSize: 32, stop: 'flat' } },
  };
  const second = { model: { layers: [{ units: 9 }], training: { batchSize: 64, stop: 'flat' } }, b: 'new' };
  expect(keyDifferences(first, second).map(keyDifferenceText)).toEqual([
    'a: 1 → none',
    'model.layers[0].units: 8 → 9',
    'model.layers[1]: relu → none',
    'model.training.batchSize: 32 → 64',
    'b: none → new',
  ]);
  expect(keyDifferences({ a: 1, b: undefined }, { a: 1 })).toEqual([]);
  expect(keyDifferences({ a: [1] }, { a: { 0: 1 } })).toEqual([
    { key: 'a', first: '[1]', second: '{"0":1}' },
  ]);
});

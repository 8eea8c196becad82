import { expect, test } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { strategies } from '../../src/strategies/index.ts';
import type { Outcome, QueryContext } from '../../src/strategies/strategy.ts';
import { contextOf, identicalRows } from './pools.ts';

const compute = createCompute(referenceEngine);

/** A context whose rows bring what `outcomeOf` says, and the rows that were tried. */
function foreseeing(numRows: number, outcomeOf: (row: number) => Outcome, seed = 0) {
  const tried: number[] = [];
  const context: QueryContext = {
    ...contextOf(identicalRows(numRows), deriveStream('strategy', { seed }), compute),
    foresight: {
      async tryLabelling(rows) {
        tried.push(...rows);
        return Array.from(rows, outcomeOf);
      },
    },
  };
  return { context, tried };
}

const pick = async (options: object, context: QueryContext, batchSize: number) => {
  const strategy = strategies['oracle-greedy']?.create({ ...options });
  return [...((await strategy?.select(context, batchSize)) ?? [])];
};

test('asks for the candidates that leave the least loss, best first', async () => {
  const { context, tried } = foreseeing(50, (row) => ({ accuracy: 0.5, nll: (row * 7) % 50 }));
  const picked = await pick({ candidates: 12 }, context, 4);
  expect(tried).toHaveLength(12);
  expect(new Set(tried).size).toBe(12);
  expect(picked).toEqual(tried.toSorted((a, b) => ((a * 7) % 50) - ((b * 7) % 50)).slice(0, 4));
});

test('or that bring the most accuracy; a training that diverged is the worst', async () => {
  const outcome = (row: number): Outcome =>
    row % 2 === 0 ? { accuracy: 0, nll: Number.POSITIVE_INFINITY } : { accuracy: row / 100, nll: row };
  const { context, tried } = foreseeing(20, outcome);
  const picked = await pick({ candidates: 20, by: 'accuracy' }, context, 3);
  expect(picked).toEqual(
    tried
      .filter((row) => row % 2 === 1)
      .sort((a, b) => b - a)
      .slice(0, 3),
  );
  const byLoss = await pick({ candidates: 20 }, foreseeing(20, outcome).context, 10);
  expect(byLoss.every((row) => row % 2 === 1)).toBe(true);
});

test('tries at least a query batch, and no more than there is', async () => {
  const { context, tried } = foreseeing(30, () => ({ accuracy: 0, nll: 1 }));
  expect(new Set(await pick({ candidates: 5 }, context, 10)).size).toBe(10);
  expect(tried).toHaveLength(10);
  const small = foreseeing(4, () => ({ accuracy: 0, nll: 1 }));
  expect((await pick({}, small.context, 4)).sort((a, b) => a - b)).toEqual([0, 3, 6, 9]);
});

test('candidates and ties are drawn from the stream, every row alike', async () => {
  const counts = new Map<number, number>();
  for (let seed = 0; seed < 1000; seed++) {
    const { context } = foreseeing(10, () => ({ accuracy: 0, nll: 1 }), seed);
    for (const row of await pick({ candidates: 4 }, context, 2)) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  // Expected 200 times each; 5 · √(1000 · .2 · .8) = 63.
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(63);
  expect(counts.size).toBe(10);
});

test('every bound says so in its description', () => {
  const bounds = Object.entries(strategies).filter(([, { isBound }]) => isBound);
  expect(bounds.map(([name]) => name)).toContain('oracle-greedy');
  for (const [, { description }] of bounds) expect(description).toMatch(/^bound: /);
});

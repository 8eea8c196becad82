import { describe, expect, it } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { strategies } from '../../src/strategies/index.ts';
import { contextOf } from './pools.ts';

const compute = createCompute(referenceEngine);

/** The order in which the rows 0, 1, … with these distributions are asked for. */
async function order(name: string, probabilities: readonly (readonly number[])[]): Promise<number[]> {
  const pool = {
    rows: probabilities.map((_, i) => i),
    samples: [probabilities],
    embeddings: probabilities.map(() => [0, 0, 0]),
    labelled: { rows: [], answers: [], embeddings: [] },
    numClasses: probabilities[0]?.length ?? 0,
  };
  const context = contextOf(pool, deriveStream('strategy', {}), compute);
  const picked = await strategies[name]?.create({}).select(context, probabilities.length);
  return [...(picked ?? [])];
}

describe.each(['least-confidence', 'margin', 'ratio', 'entropy'])('%s', (name) => {
  it('asks for the least certain of two classes first', async () => {
    const probabilities = [
      [0.9, 0.1],
      [0.55, 0.45],
      [0.2, 0.8],
      [0.999, 0.001],
    ];
    expect(await order(name, probabilities)).toEqual([1, 2, 0, 3]);
  });

  it('still tells apart what float32 probabilities would call certain', async () => {
    // 1 - p₁ is 1e-12, 1e-10 and 1e-11: as float32 probabilities all three are exactly (1, 0, 0).
    const rest = [1e-12, 1e-10, 1e-11];
    expect(
      await order(
        name,
        rest.map((r) => [1 - r, 0.7 * r, 0.3 * r]),
      ),
    ).toEqual([1, 2, 0]);
  });
});

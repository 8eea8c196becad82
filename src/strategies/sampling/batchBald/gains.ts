/**
 * What rows would add to a batch: I(y_n; networks | labels of the batch), the mean over outcomes of H[y_n | outcome], less
 * the entropy that is left where the network is known. The products of posteriors and samples run on the engine.
 */
import type { Compute } from '../../../engines/compute.ts';
import { add, input, log, matMul, mul, neg, reduceSum, scalar } from '../../../tensor/ops.ts';
import { type Program, program } from '../../../tensor/program.ts';
import type { Candidates } from './candidates.ts';
import type { Outcomes } from './outcomes.ts';

/** Outcomes and rows · classes per run: a product of them stays in a core's cache. */
const [OUTCOMES_PER_RUN, COLUMNS_PER_RUN] = [1024, 320];

/** Rows whose gains are worked out together. */
export function rowsPerRun({ numClasses }: Candidates): number {
  return Math.max(1, Math.floor(COLUMNS_PER_RUN / numClasses));
}

/** The gains of the candidates at `positions`, nats; correct to about 1e-6. */
export async function gains(
  compute: Compute,
  candidates: Candidates,
  { posteriors, weights, numDrawn }: Outcomes,
  positions: ArrayLike<number>,
): Promise<Float64Array> {
  const { engine } = compute;
  const { numClasses, probabilities, conditionalEntropy } = candidates;
  const size = numClasses * numDrawn;
  const samples = new Float32Array(positions.length * size);
  for (let i = 0; i < positions.length; i++) {
    const from = (positions[i] as number) * size;
    samples.set(probabilities.subarray(from, from + size), i * size);
  }
  const executable = await compute.compiled('batch-bald: entropies', entropiesProgram);
  const sums = new Float64Array(positions.length);
  for (let m = 0; m < weights.length; m += OUTCOMES_PER_RUN) {
    const part = weights.subarray(m, m + OUTCOMES_PER_RUN);
    const { entropies } = await executable.run({
      samples: engine.upload({
        ...{ dtype: 'float32', shape: [positions.length * numClasses, numDrawn], data: samples },
      }),
      posteriors: engine.upload({
        ...{ dtype: 'float32', shape: [part.length, numDrawn] },
        data: posteriors.subarray(m * numDrawn, (m + part.length) * numDrawn),
      }),
      weights: engine.upload({ dtype: 'float32', shape: [1, part.length], data: Float32Array.from(part) }),
    });
    if (entropies === undefined) throw new Error('The program of entropies returned nothing.');
    const { data } = await entropies.read();
    for (let i = 0; i < data.length; i++) {
      const row = Math.floor(i / numClasses);
      sums[row] = (sums[row] as number) + (data[i] as number);
    }
    entropies.dispose();
  }
  return sums.map((sum, i) => sum - (conditionalEntropy[positions[i] as number] as number));
}

/**
 * Inputs: samples [rows · numClasses, numDrawn] · posteriors [numOutcomes, numDrawn] · weights [1, numOutcomes]. Output:
 * entropies [rows · numClasses, 1], Σ over outcomes of weight · −p log p.
 */
function entropiesProgram(): Program {
  const samples = input('samples', 'float32', ['numColumns', 'numDrawn']);
  const posteriors = input('posteriors', 'float32', ['numOutcomes', 'numDrawn']);
  const weights = input('weights', 'float32', [1, 'numOutcomes']);
  const p = matMul(samples, posteriors, { transposeB: true });
  // Without the smallest of numbers 0 log 0 would be NaN.
  const terms = mul(mul(p, log(add(p, scalar(1e-37)))), neg(weights));
  return program({ entropies: reduceSum(terms, [1]) });
}

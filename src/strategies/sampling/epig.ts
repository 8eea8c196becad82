/**
 * Expected predictive information gain (Bickford Smith et al. 2023, arXiv 2304.08151): how much a row's label says of the
 * labels of target rows, mean over targets of I(y; y*). Targets are drawn from the pool, never from the test rows.
 *
 * With a = p_k(y) / p̄(y) − 1, and b likewise for a target, the joint probability is p̄(y) p̄(y*) (1 + d) with d = 1/K Σ_k
 * a_k b_k: products of matrices, [C · rows, K] × [K, targets · C], and a sum of terms none of which is below 0.
 */
import type { Compute } from '../../engines/compute.ts';
import { input, matMul } from '../../tensor/ops.ts';
import { type Program, program } from '../../tensor/program.ts';
import type { Acquisition, QueryContext } from '../strategy.ts';
import { topK } from '../topK.ts';
import { divergenceTerm } from './disagreement.ts';
import { emptyRow, readRow } from './reduceSamples.ts';

/** Elements of a product at most, so that it is read from memory near by. */
const PRODUCT_SIZE = 2 ** 22;

/**
 * Scores are told apart down to 2⁻²⁰ nats: below, single-precision products round by where a row stands in its chunk, and rows
 * that are equal would no longer tie.
 */
const RESOLUTION = 2 ** 20;

export function epig({ targets }: { readonly targets: number }): Acquisition {
  return async (context) => {
    const target = await drawTargets(context, targets);
    const scores = new Float64Array(context.poolRows.length);
    for await (const chunk of context.samples()) {
      const { numDrawn, numClasses, numRows, start } = chunk;
      const rowsPerRun = Math.max(1, Math.floor(PRODUCT_SIZE / (target.mean.length * numClasses)));
      for (let first = 0; first < numRows; first += rowsPerRun) {
        const rows = { first, count: Math.min(rowsPerRun, numRows - first), numDrawn, numClasses };
        const relative = emptyRelative(rows.count, rows);
        const row = emptyRow(numDrawn, numClasses);
        for (let i = 0; i < rows.count; i++) {
          readRow(chunk, first + i, row);
          writeRelative(row, i, relative);
        }
        const covariances = await multiply(context.compute, relative, target);
        for (let i = 0; i < rows.count; i++) {
          scores[start + first + i] = informationOf(i, numClasses, relative, target, covariances);
        }
      }
    }
    return scores.map((score) => Math.round(score * RESOLUTION) / RESOLUTION);
  };
}

/** Samples of some rows, relative to their mean: column j is class j % numClasses of row ⌊j / numClasses⌋. */
interface Relative {
  /** [numDrawn, numColumns] p_k / p̄ − 1; 0 where p̄ is. */
  readonly values: Float32Array;
  /** [numColumns] p̄ */
  readonly mean: Float64Array;
  readonly numDrawn: number;
  readonly numRows: number;
}

function emptyRelative(
  numRows: number,
  shape: { readonly numDrawn: number; readonly numClasses: number },
): Relative {
  const numColumns = numRows * shape.numClasses;
  return {
    values: new Float32Array(shape.numDrawn * numColumns),
    mean: new Float64Array(numColumns),
    ...{ numDrawn: shape.numDrawn, numRows },
  };
}

function writeRelative(row: ReturnType<typeof emptyRow>, i: number, { values, mean }: Relative): void {
  const { numClasses, numDrawn, probabilities } = row;
  for (let c = 0; c < numClasses; c++) {
    const m = row.mean[c] as number;
    const column = i * numClasses + c;
    mean[column] = m;
    for (let k = 0; k < numDrawn; k++) {
      values[k * mean.length + column] = m === 0 ? 0 : (probabilities[k * numClasses + c] as number) / m - 1;
    }
  }
}

/** The samples of `count` rows of the pool, all of it where it is no larger: the strategy's stream decides which. */
async function drawTargets(
  { poolRows, samples, stream, numClasses }: QueryContext,
  count: number,
): Promise<Relative> {
  const numTargets = Math.min(count, poolRows.length);
  const chosen = new Set(topK(new Float64Array(poolRows.length), poolRows, numTargets, stream));
  let targets: Relative | undefined;
  let next = 0;
  for await (const chunk of samples()) {
    targets ??= emptyRelative(numTargets, { numDrawn: chunk.numDrawn, numClasses });
    const row = emptyRow(chunk.numDrawn, numClasses);
    for (let i = 0; i < chunk.numRows; i++) {
      if (!chosen.has(poolRows[chunk.start + i] as number)) continue;
      readRow(chunk, i, row);
      writeRelative(row, next++, targets);
    }
  }
  return targets ?? emptyRelative(0, { numDrawn: 0, numClasses });
}

/** [rows' columns, targets' columns] mean over the samples of the products of both. */
async function multiply(
  { compiled, engine }: Compute,
  rows: Relative,
  targets: Relative,
): Promise<Float32Array> {
  const upload = ({ values, mean, numDrawn }: Relative) =>
    engine.upload({ dtype: 'float32', shape: [numDrawn, mean.length], data: values });
  const executable = await compiled('epig: covariances', covarianceProgram);
  const { sums } = await executable.run({ rows: upload(rows), targets: upload(targets) });
  if (sums === undefined) throw new Error('The program of covariances returned nothing.');
  const data = (await sums.read()).data as Float32Array;
  sums.dispose();
  return data;
}

/** Inputs: rows [numDrawn, m] · targets [numDrawn, n]. Output: sums [m, n] over the samples. */
function covarianceProgram(): Program {
  const rows = input('rows', 'float32', ['numDrawn', 'numRowColumns']);
  const targets = input('targets', 'float32', ['numDrawn', 'numTargetColumns']);
  return program({ sums: matMul(rows, targets, { transposeA: true }) });
}

/** Mean over targets of I(y; y*) for row `i`, nats. */
function informationOf(
  i: number,
  numClasses: number,
  rows: Relative,
  targets: Relative,
  sums: Float32Array,
): number {
  const numTargetColumns = targets.mean.length;
  let information = 0;
  for (let c = 0; c < numClasses; c++) {
    const column = i * numClasses + c;
    const from = column * numTargetColumns;
    let sum = 0;
    for (let j = 0; j < numTargetColumns; j++) {
      sum += (targets.mean[j] as number) * divergenceTerm((sums[from + j] as number) / rows.numDrawn);
    }
    information += (rows.mean[column] as number) * sum;
  }
  return information / targets.numRows;
}

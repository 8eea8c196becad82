/**
 * Samples as gradients of the loss by the last layer's weights under the predicted class (Ash et al. 2020, 1906.03671):
 * g = q ⊗ z with q = p − 1_ŷ, never written out. Products factor, g·g′ = (q·q′)(z·z′), and so do distances:
 * ‖g − g′‖² = ‖q‖²‖z‖² + ‖q′‖²‖z′‖² − 2 (q·q′)(z·z′). A pass costs O(N(C + d)) per centre instead of O(NCd).
 */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import type { Embeddings } from '../../learner/learner.ts';
import type { Prediction } from '../../learner/prediction.ts';
import type { Node } from '../../tensor/node.ts';
import {
  add,
  argMax,
  exp,
  gather,
  identityMatrix,
  input,
  matMul,
  mul,
  reduceMax,
  scalar,
  square,
  sub,
} from '../../tensor/ops.ts';
import { program } from '../../tensor/program.ts';
import { rowSums } from '../rowSums.ts';
import { checkFinite } from './checkFinite.ts';
import { disposeChunks, disposeTensors, rowsPerChunk, uploadRows } from './chunks.ts';
import { type PointSpace, squaredDistance } from './pointSpace.ts';

interface Gradient {
  readonly residual: Float64Array; // [numClasses]
  readonly embedding: Float32Array; // [width]
  readonly squaredNorm: number;
}

/** Throws `UserError("nan-embedding")`. */
export async function gradientSpace(
  compute: Compute,
  { logProbabilities, numSamples, numClasses }: Prediction,
  { values, width }: Embeddings,
): Promise<PointSpace> {
  const { engine } = compute;
  const maxRows = rowsPerChunk(width + 3 * numClasses);
  const embeddings = uploadRows(compute, values, width, { maxRows });
  const predictions = uploadRows(compute, logProbabilities, numClasses, { maxRows });
  const programs = gradientPrograms(width, numClasses);

  /** Runs a program over all samples; `use` gets its output, one number per sample of a chunk. */
  async function pass(
    name: keyof typeof programs,
    inputs: Readonly<Record<string, DeviceTensor>>,
    use: (values: ArrayLike<number>, start: number) => void,
  ): Promise<void> {
    const executable = await compute.compiled(`gradient ${name} ${width} ${numClasses}`, programs[name]);
    for (const [i, { start, tensor }] of embeddings.entries()) {
      const chunk = {
        embeddings: tensor,
        logProbabilities: (predictions[i] as (typeof embeddings)[0]).tensor,
      };
      const { out } = (await executable.run({ ...chunk, ...inputs })) as { out: DeviceTensor };
      use((await out.read()).data, start);
      out.dispose();
    }
  }

  const squaredNorms = new Float32Array(numSamples);
  await pass('squaredNorms', {}, (data, start) => squaredNorms.set(data, start));
  checkFinite(squaredNorms, 'predicted or embedded');

  const gradientOf = (sample: number): Gradient => ({
    residual: residualOf(logProbabilities.subarray(sample * numClasses, (sample + 1) * numClasses)),
    embedding: values.subarray(sample * width, (sample + 1) * width),
    squaredNorm: squaredNorms[sample] as number,
  });
  // A centre is asked about again with every sample that is proposed after it.
  const known = new Map<number, Gradient>();
  const gradientOfCentre = (centre: number): Gradient => {
    const gradient = known.get(centre) ?? gradientOf(centre);
    known.set(centre, gradient);
    return gradient;
  };
  return {
    ...{ numPoints: numSamples, squaredNorms },
    async lower(nearest, centres) {
      const gradients = Array.from(centres, gradientOfCentre);
      const matrix = (rows: readonly ArrayLike<number>[], columns: number): DeviceTensor =>
        engine.upload({
          dtype: 'float32',
          shape: [rows.length, columns],
          data: Float32Array.from(rows.flatMap((row) => Array.from(row))),
        });
      const inputs = {
        centreResiduals: matrix(
          gradients.map(({ residual }) => residual),
          numClasses,
        ),
        centreEmbeddings: matrix(
          gradients.map(({ embedding }) => embedding),
          width,
        ),
        halfNorms: matrix([gradients.map(({ squaredNorm }) => squaredNorm / 2)], gradients.length),
      };
      await pass('affinity', inputs, (data, start) => {
        for (let i = 0; i < data.length; i++) {
          const distance = squaredDistance(squaredNorms[start + i] as number, data[i] as number);
          if (distance < (nearest[start + i] as number)) nearest[start + i] = distance;
        }
      });
      disposeTensors(inputs);
    },
    nearestOf(point, centres) {
      const own = gradientOf(point);
      return centres.reduce((nearest, centre) => {
        const other = gradientOfCentre(centre);
        const product = dot(own.residual, other.residual) * dot(own.embedding, other.embedding);
        return Math.min(nearest, squaredDistance(own.squaredNorm, product - other.squaredNorm / 2));
      }, Number.POSITIVE_INFINITY);
    },
    dispose: () => disposeChunks([...embeddings, ...predictions]),
  };
}

/** p − 1_ŷ, ŷ's entry as minus the sum of the others: p_ŷ − 1 of a float32 p_ŷ near 1 is 0. */
function residualOf(logProbabilities: Float32Array): Float64Array {
  const top = logProbabilities.indexOf(logProbabilities.reduce((a, b) => Math.max(a, b)));
  const residual = Float64Array.from(logProbabilities, (value, c) => (c === top ? 0 : Math.exp(value)));
  residual[top] = -residual.reduce((sum, value) => sum + value, 0);
  return residual;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/**
 * Over chunks of samples, embeddings [numRows, width] and logProbabilities [numRows, numClasses]. Output `out`, [numRows, 1]:
 * ‖g‖², or the largest g·g′ − ½‖g′‖² over centres given by their residuals, embeddings and halved squared norms.
 */
function gradientPrograms(width: number, numClasses: number) {
  const samples = () => {
    const embeddings = input('embeddings', 'float32', ['numRows', width]);
    const logProbabilities = input('logProbabilities', 'float32', ['numRows', numClasses]);
    return { embeddings, residuals: residuals(logProbabilities, numClasses) };
  };
  return {
    squaredNorms: () => {
      const { embeddings, residuals } = samples();
      return program({
        out: mul(rowSums(square(residuals), numClasses), rowSums(square(embeddings), width)),
      });
    },
    affinity: () => {
      const { embeddings, residuals } = samples();
      const centreResiduals = input('centreResiduals', 'float32', ['numCentres', numClasses]);
      const centreEmbeddings = input('centreEmbeddings', 'float32', ['numCentres', width]);
      const halfNorms = input('halfNorms', 'float32', [1, 'numCentres']);
      const products = mul(
        matMul(residuals, centreResiduals, { transposeB: true }),
        matMul(embeddings, centreEmbeddings, { transposeB: true }),
      );
      return program({ out: reduceMax(sub(products, halfNorms)) });
    },
  };
}

/** As `residualOf`, of every row. */
function residuals(logProbabilities: Node, numClasses: number): Node {
  const top = gather(identityMatrix(numClasses), argMax(logProbabilities));
  const others = mul(exp(logProbabilities), sub(scalar(1), top));
  return add(others, mul(top, mul(scalar(-1), rowSums(others, numClasses))));
}

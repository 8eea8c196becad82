/** Embeddings as points of Euclidean space: ‖x − c‖² = ‖x‖² − 2 (x·c − ½‖c‖²), one product per chunk of points. */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor, Executable } from '../../engines/engine.ts';
import type { Embeddings } from '../../learner/learner.ts';
import type { Node } from '../../tensor/node.ts';
import { argMax, input, matMul, reduceMax, square, sub } from '../../tensor/ops.ts';
import { type Program, program } from '../../tensor/program.ts';
import { rowSums } from '../rowSums.ts';
import { checkFinite } from './checkFinite.ts';
import { type Chunk, disposeChunks, disposeTensors, rowsPerChunk, uploadRows } from './chunks.ts';
import { type PointSpace, squaredDistance } from './pointSpace.ts';

export interface EuclideanSpace extends PointSpace {
  readonly width: number;
  readonly chunks: readonly Chunk[];
  /** A point's coordinates; do not write. */
  row(point: number): Float32Array;
  /** [points.length, width]: copies of their coordinates. */
  rows(points: Int32Array): Float32Array;
  /** As `lower`, for centres [numCentres, width] that need not be points. */
  lowerTo(nearest: Float32Array, centres: Float32Array): Promise<void>;
  /** [points.length, points.length]: row i, column j is point i's squared distance to point j. */
  distancesAmong(points: Int32Array): Promise<Float32Array>;
}

/** Centres in one product. */
const CENTRES_PER_RUN = 128;

/**
 * The rows of `parts`, one part after the other; they are read where they lie. `resultWidth`: with how many centres
 * chunks are multiplied at once. Throws `UserError("nan-embedding")`.
 */
export async function euclideanSpace(
  compute: Compute,
  parts: readonly Embeddings[],
  resultWidth = CENTRES_PER_RUN,
): Promise<EuclideanSpace> {
  const [{ width }] = parts as [Embeddings, ...Embeddings[]];
  const maxRows = rowsPerChunk(Math.max(width, resultWidth));
  const starts: number[] = [];
  let numPoints = 0;
  for (const { numSamples } of parts) {
    starts.push(numPoints);
    numPoints += numSamples;
  }
  const chunks = parts.flatMap(({ values }, i) =>
    uploadRows(compute, values, width, { maxRows, firstRow: starts[i] as number }),
  );
  const squaredNorms = await squaredNormsOf(compute, chunks, { numPoints, width });
  const row = (point: number): Float32Array => {
    const part = starts.findLastIndex((start) => start <= point);
    const offset = (point - (starts[part] as number)) * width;
    return (parts[part] as Embeddings).values.subarray(offset, offset + width);
  };
  const rows = (points: Int32Array): Float32Array => {
    const values = new Float32Array(points.length * width);
    points.forEach((point, i) => {
      values.set(row(point), i * width);
    });
    return values;
  };
  async function lowerTo(nearest: Float32Array, centres: Float32Array): Promise<void> {
    const executable = await compute.compiled(`affinity ${width}`, () => affinityProgram(width));
    const blocks = centreBlocks(compute, centres, width);
    for (const { start, tensor: points } of chunks) {
      for (const block of blocks) {
        const { affinity } = (await executable.run({ points, ...block })) as { affinity: DeviceTensor };
        const { data } = await affinity.read();
        for (let i = 0; i < data.length; i++) {
          const distance = squaredDistance(squaredNorms[start + i] as number, data[i] as number);
          if (distance < (nearest[start + i] as number)) nearest[start + i] = distance;
        }
        affinity.dispose();
      }
    }
    blocks.forEach(disposeTensors);
  }
  return {
    ...{ numPoints, width, chunks, squaredNorms, row, rows, lowerTo },
    async distancesAmong(points) {
      const executable = await compiledAffinities(compute, width);
      const inputs = centreInputs(compute, rows(points), width);
      const results = await executable.run({ points: inputs.centres, ...inputs });
      const { affinities: result } = results as { affinities: DeviceTensor };
      const distances = ((await result.read()).data as Float32Array).slice();
      disposeTensors([result, ...Object.values(inputs)]);
      points.forEach((point, i) => {
        const norm = squaredNorms[point] as number;
        for (let j = i * points.length; j < (i + 1) * points.length; j++) {
          distances[j] = squaredDistance(norm, distances[j] as number);
        }
      });
      return distances;
    },
    lower: (nearest, centres) => lowerTo(nearest, rows(centres)),
    nearestOf: (point, centres) => nearestByLoop(row(point), centres.map(row)),
    dispose: () => disposeChunks(chunks),
  };
}

async function squaredNormsOf(
  compute: Compute,
  chunks: readonly Chunk[],
  { numPoints, width }: { readonly numPoints: number; readonly width: number },
): Promise<Float32Array> {
  const executable = await compute.compiled(`squared norms ${width}`, () => {
    const points = input('points', 'float32', ['numPoints', width]);
    return program({ norms: rowSums(square(points), width) });
  });
  const squaredNorms = new Float32Array(numPoints);
  for (const { start, tensor } of chunks) {
    const { norms } = (await executable.run({ points: tensor })) as { norms: DeviceTensor };
    squaredNorms.set((await norms.read()).data, start);
    norms.dispose();
  }
  checkFinite(squaredNorms);
  return squaredNorms;
}

/** The inputs `centres` and `halfNorms` of the programs below, for blocks of the rows of `centres` [numCentres, width]. */
function centreBlocks(compute: Compute, centres: Float32Array, width: number) {
  const blocks: Record<'centres' | 'halfNorms', DeviceTensor>[] = [];
  for (let start = 0; start < centres.length; start += CENTRES_PER_RUN * width) {
    blocks.push(centreInputs(compute, centres.subarray(start, start + CENTRES_PER_RUN * width), width));
  }
  return blocks;
}

/** centres [numCentres, width] and halfNorms [1, numCentres], ½‖c‖² of each. */
export function centreInputs({ engine }: Compute, centres: Float32Array, width: number) {
  const numCentres = centres.length / width;
  const halfNorms = Float32Array.from({ length: numCentres }, (_, j) => {
    let sum = 0;
    for (let f = j * width; f < (j + 1) * width; f++) sum += (centres[f] as number) ** 2;
    return sum / 2;
  });
  checkFinite(halfNorms);
  return {
    centres: engine.upload({ dtype: 'float32', shape: [numCentres, width], data: centres }),
    halfNorms: engine.upload({ dtype: 'float32', shape: [1, numCentres], data: halfNorms }),
  };
}

/** x·c − ½‖c‖² for every point and centre: largest where the distance is smallest. */
export function affinities(width: number): Node {
  const points = input('points', 'float32', ['numPoints', width]);
  const centres = input('centres', 'float32', ['numCentres', width]);
  const halfNorms = input('halfNorms', 'float32', [1, 'numCentres']);
  return sub(matMul(points, centres, { transposeB: true }), halfNorms);
}

/** Output: affinities [numPoints, numCentres]. */
export function compiledAffinities(compute: Compute, width: number): Promise<Executable> {
  return compute.compiled(`affinities ${width}`, () => program({ affinities: affinities(width) }));
}

/** Output: affinity [numPoints, 1], each point's largest. */
function affinityProgram(width: number): Program {
  return program({ affinity: reduceMax(affinities(width)) });
}

/** Output: nearest [numPoints], the position of each point's nearest centre. */
export function nearestCentreProgram(width: number): Program {
  return program({ nearest: argMax(affinities(width)) });
}

function nearestByLoop(point: Float32Array, centres: readonly Float32Array[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const centre of centres) {
    let sum = 0;
    for (let f = 0; f < point.length; f++) sum += ((point[f] as number) - (centre[f] as number)) ** 2;
    if (sum < nearest) nearest = sum;
  }
  return nearest;
}

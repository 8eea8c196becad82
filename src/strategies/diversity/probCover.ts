/**
 * ProbCover (Yehuda, Dekel, Hacohen & Weinshall 2022, 2205.11320): balls of radius δ around the labelled samples are covered;
 * again and again the sample whose ball holds the most of what is not. The graph of who is in whose ball is never stored:
 * degrees are counted by products over blocks, and lowered by what each pick covers, which is as much work again at most.
 */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import { UserError } from '../../foundation/userError.ts';
import { input, reduceSum, relu, sign, sub } from '../../tensor/ops.ts';
import { program } from '../../tensor/program.ts';
import { drawRowKey } from '../rowHash.ts';
import type { Strategy } from '../strategy.ts';
import { disposeTensors } from './chunks.ts';
import { affinities, centreInputs, type EuclideanSpace, euclideanSpace } from './euclideanSpace.ts';
import { type KMeansConfig, kMeans } from './kMeans.ts';
import { largest } from './largest.ts';
import { purityRadius } from './purityRadius.ts';
import { inRowOrder, type OrderedContext } from './rowOrder.ts';
import { distancesToLabelled } from './selectors.ts';

export interface ProbCoverConfig extends KMeansConfig {
  /** The radius; left out, it is chosen by `purity`. */
  readonly delta?: number | undefined;
  readonly purity: number;
  readonly puritySamples: number;
  readonly maxPool: number;
}

export function probCover(config: ProbCoverConfig): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { compute, poolRows, stream } = context;
      checkSize(poolRows.length, config.maxPool);
      const delta = config.delta ?? (await chooseRadius(context, config));
      const space = await euclideanSpace(compute, [await context.embeddings()], POINTS_PER_RUN);
      const balls = { compute, space, squaredRadius: Math.min(delta ** 2, LARGEST) };
      const uncovered = (await distancesToLabelled(space, context)).map((d) =>
        Number(d > balls.squaredRadius),
      );
      const degrees = new Float32Array(poolRows.length);
      await addCounts(balls, positionsOf(uncovered), degrees, 1);
      const key = drawRowKey(stream);
      const picked: number[] = [];
      while (picked.length < batchSize) {
        const pick = largest(degrees, 1, poolRows, key).positions[0] as number;
        picked.push(pick);
        if (picked.length === batchSize) break;
        const covered = await coveredBy(balls, pick, uncovered);
        for (const i of covered) uncovered[i] = 0;
        await addCounts(balls, covered, degrees, -1);
        degrees[pick] = Number.NEGATIVE_INFINITY;
      }
      space.dispose();
      return Int32Array.from(picked, (i) => poolRows[i] as number);
    },
  };
}

function checkSize(numRows: number, maxPool: number): void {
  if (numRows <= maxPool) return;
  throw new UserError(
    'pool-too-large',
    `prob-cover compares every sample with every other, and takes pools of up to ${maxPool} samples; this one has ${numRows}. ` +
      'Let it see a part of the pool (in a spec, scoring: { poolSubset: 10000 }), or raise its option maxPool.',
  );
}

/** By the purity of balls around some samples, labelled ones too, under k-means clusters as pseudo-labels. */
async function chooseRadius(
  { compute, numClasses, stream, ...context }: OrderedContext,
  { purity, puritySamples, ...config }: ProbCoverConfig,
): Promise<number> {
  const parts = [await context.embeddings(), await context.labelledEmbeddings()];
  const space = await euclideanSpace(compute, context.labelled.rows.length > 0 ? parts : parts.slice(0, 1));
  const { numPoints } = space;
  const k = Math.min(numClasses, numPoints);
  const { clusters } = await kMeans(compute, space, { ...config, k, stream });
  const sample = stream.permutation(numPoints).subarray(0, puritySamples).sort();
  const radius = await purityRadius(compute, space, { clusters, numClusters: k, sample, purity });
  space.dispose();
  return radius;
}

interface Balls {
  readonly compute: Compute;
  readonly space: EuclideanSpace;
  readonly squaredRadius: number;
}

/** Points in one product, and the largest radius that float32 can tell from another. */
const POINTS_PER_RUN = 256;
const LARGEST = 1e30;

/** counts[i] += sign · (how many of `points` are within the radius of point i), for every i. */
async function addCounts(
  { compute, space, squaredRadius }: Balls,
  points: Int32Array,
  counts: Float32Array,
  direction: 1 | -1,
): Promise<void> {
  const { width, squaredNorms, chunks } = space;
  const executable = await compute.compiled(`ball counts ${width}`, () => countProgram(width));
  for (let first = 0; first < points.length; first += POINTS_PER_RUN) {
    const others = centreInputs(compute, space.rows(points.subarray(first, first + POINTS_PER_RUN)), width);
    for (const { start, numRows, tensor } of chunks) {
      // ‖x − c‖² ≤ δ² where x·c − ½‖c‖² ≥ ½(‖x‖² − δ²)
      const data = squaredNorms.slice(start, start + numRows).map((norm) => (norm - squaredRadius) / 2);
      const edges = compute.engine.upload({ dtype: 'float32', shape: [numRows, 1], data });
      const results = await executable.run({ points: tensor, edges, ...others });
      const { counts: found } = results as { counts: DeviceTensor };
      (await found.read()).data.forEach((count, i) => {
        counts[start + i] = (counts[start + i] as number) + direction * count;
      });
      disposeTensors([found, edges]);
    }
    disposeTensors(others);
  }
}

/** Output: counts [numPoints, 1] of the centres whose affinity is above the point's edge. */
function countProgram(width: number) {
  const edges = input('edges', 'float32', ['numPoints', 1]);
  return program({ counts: reduceSum(sign(relu(sub(affinities(width), edges))), [1]) });
}

/** The uncovered points in the ball around `pick`. */
async function coveredBy(
  { space, squaredRadius }: Balls,
  pick: number,
  uncovered: Float32Array,
): Promise<Int32Array> {
  const distances = new Float32Array(space.numPoints).fill(Number.POSITIVE_INFINITY);
  await space.lower(distances, Int32Array.of(pick));
  return positionsOf(
    uncovered.map((value, i) => Number(value > 0 && (distances[i] as number) <= squaredRadius)),
  );
}

function positionsOf(flags: Float32Array): Int32Array {
  return Int32Array.from(Array.from(flags.keys()).filter((i) => flags[i] === 1));
}

/** Selectors that spread their picks over the embeddings: they compose with any measure. */
import { UserError } from '../../foundation/userError.ts';
import type { Selector } from '../strategy.ts';
import { type EuclideanSpace, euclideanSpace } from './euclideanSpace.ts';
import { farthestFirst } from './farthestFirst.ts';
import { type KMeansConfig, kMeans } from './kMeans.ts';
import { prefilter } from './prefilter.ts';
import { representatives } from './representatives.ts';
import { inRowOrder, type OrderedContext } from './rowOrder.ts';

interface Prefilter {
  /** Of the pool, the `beta` · k rows with the highest scores are looked at. */
  readonly beta: number;
}

/** k-means of the best β·k rows, weighted by their scores; of each cluster the row nearest to the centre (1901.05954). */
export function kMeansSelector({ beta, ...config }: Prefilter & KMeansConfig): Selector {
  return async (given, givenScores, k) => {
    const { context, scores } = inRowOrder(given, givenScores);
    const { compute, stream } = context;
    const candidates = await prefilter(context, scores, Math.ceil(beta * k));
    const space = await euclideanSpace(compute, [candidates.embeddings], k);
    const weights = weightsOf(candidates.scores);
    const clustering = await kMeans(compute, space, { ...config, k, stream, ...(weights && { weights }) });
    space.dispose();
    return representatives(clustering, candidates.rows, stream).map((i) => candidates.rows[i] as number);
  };
}

/** Scores as weights: from the lowest where one is negative, none where all are the same. */
function weightsOf(scores: Float64Array): Float64Array | undefined {
  const lowest = scores.reduce((a, b) => Math.min(a, b));
  const weights = lowest < 0 ? scores.map((score) => score - lowest) : scores;
  const isUsable = weights.some((weight) => weight !== weights[0]) && weights.every(Number.isFinite);
  return isUsable ? weights : undefined;
}

/** Greedy k-center (1708.00489) of the best β·k rows and what is labelled. */
export function kCenterSelector({ beta }: Prefilter): Selector {
  return async (given, givenScores, k) => {
    const { context, scores } = inRowOrder(given, givenScores);
    const { rows, embeddings } = await prefilter(context, scores, Math.ceil(beta * k));
    const space = await euclideanSpace(context.compute, [embeddings]);
    const nearest = await distancesToLabelled(space, context);
    const picked = await farthestFirst(space, nearest, {
      k,
      rows,
      stream: context.stream,
      onChosen: context.onChosen,
    });
    space.dispose();
    return picked.map((i) => rows[i] as number);
  };
}

/**
 * Core-set with distances multiplied by scores (Lightly's CORAL). It has them in [0, 1], but their scale decides nothing.
 * Throws `UserError("negative-score")`.
 */
export function coralSelector(): Selector {
  return async (given, givenScores, k) => {
    const { context, scores } = inRowOrder(given, givenScores);
    const { compute, poolRows, stream, onChosen } = context;
    checkNotNegative(scores);
    const space = await euclideanSpace(compute, [await context.embeddings()]);
    const nearest = await distancesToLabelled(space, context);
    const picked = await farthestFirst(space, nearest, {
      k,
      rows: poolRows,
      weights: scores,
      stream,
      onChosen,
    });
    space.dispose();
    return picked.map((i) => poolRows[i] as number);
  };
}

/** [numPoints] squared distances to the nearest labelled sample, +∞ where nothing is labelled. */
export async function distancesToLabelled(
  space: EuclideanSpace,
  { labelledEmbeddings }: OrderedContext,
): Promise<Float32Array> {
  const nearest = new Float32Array(space.numPoints).fill(Number.POSITIVE_INFINITY);
  await space.lowerTo(nearest, (await labelledEmbeddings()).values);
  return nearest;
}

function checkNotNegative(scores: Float64Array): void {
  const bad = scores.find((score) => !(score >= 0));
  if (bad === undefined) return;
  throw new UserError(
    Number.isNaN(bad) ? 'nan-score' : 'negative-score',
    `coral multiplies distances by scores, so none may be below 0 or NaN, and one is ${bad}. ` +
      'Choose a measure that starts at 0, and where scores are NaN, look for a model that diverged.',
  );
}

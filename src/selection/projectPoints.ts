/** Points in two dimensions, for a picture: their two principal components, or UMAP. */
import type { RandomStream } from '../foundation/randomStream.ts';

export interface Points {
  /** [numPoints, width], row-major. */
  readonly values: Float32Array;
  readonly numPoints: number;
  readonly width: number;
}

export interface Plane {
  /** [numPoints, 2] */
  readonly values: Float64Array;
  /** What its axes are, for the reader. */
  readonly axes: readonly [string, string];
}

const MAXIMUM_PASSES = 100;
const TOLERANCE = 1e-6;

/**
 * The two directions of greatest variance, by orthogonal iteration: products with the points alone, never a covariance
 * matrix.
 */
export function principalComponents({ values, numPoints, width }: Points, stream: RandomStream): Plane {
  const means = new Float64Array(width);
  for (let i = 0; i < values.length; i++) means[i % width] = at(means, i % width) + at(values, i) / numPoints;
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (at(values, i) - at(means, i % width)) ** 2;
  const [u, v] = [0, 1].map(() => Float64Array.from({ length: width }, () => stream.normal())) as [
    Float64Array,
    Float64Array,
  ];
  const plane = new Float64Array(2 * numPoints);
  let previous = 0;
  for (let pass = 0; pass < MAXIMUM_PASSES; pass++) {
    orthonormalize(u, v);
    project(u, v);
    const captured = plane.reduce((sum, value) => sum + value * value, 0);
    if (Math.abs(captured - previous) <= TOLERANCE * captured) break;
    previous = captured;
    // X^T (X u) and X^T (X v), X centred: the products' means vanish.
    u.fill(0);
    v.fill(0);
    for (let i = 0; i < numPoints; i++) {
      const [a, b] = [at(plane, 2 * i), at(plane, 2 * i + 1)];
      for (let f = 0; f < width; f++) {
        const x = at(values, i * width + f) - at(means, f);
        u[f] = at(u, f) + a * x;
        v[f] = at(v, f) + b * x;
      }
    }
  }
  turnToAxes(plane);
  const parts = [0, 1].map((axis) => {
    let sum = 0;
    for (let i = 0; i < numPoints; i++) sum += at(plane, 2 * i + axis) ** 2;
    return total === 0 ? 0 : sum / total;
  });
  const title = (name: string, part = 0): string =>
    `${name} component, ${(100 * part).toFixed(0)} % of variance`;
  return { values: plane, axes: [title('first', parts[0]), title('second', parts[1])] };

  function project(first: Float64Array, second: Float64Array): void {
    for (let i = 0; i < numPoints; i++) {
      let a = 0;
      let b = 0;
      for (let f = 0; f < width; f++) {
        const x = at(values, i * width + f) - at(means, f);
        a += x * at(first, f);
        b += x * at(second, f);
      }
      plane[2 * i] = a;
      plane[2 * i + 1] = b;
    }
  }
}

/** Rotates within the plane, so that its two axes are uncorrelated and the first has the greater variance. */
function turnToAxes(plane: Float64Array): void {
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < plane.length; i += 2) {
    const [x, y] = [at(plane, i), at(plane, i + 1)];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < plane.length; i += 2) {
    const [x, y] = [at(plane, i), at(plane, i + 1)];
    plane[i] = cos * x + sin * y;
    plane[i + 1] = cos * y - sin * x;
  }
}

/** UMAP with its usual settings (McInnes, Healy & Melville 2018). At least 3 points. */
export async function umap({ values, numPoints, width }: Points, stream: RandomStream): Promise<Plane> {
  const { UMAP } = await import('umap-js');
  const rows = Array.from({ length: numPoints }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
  const reducer = new UMAP({
    nNeighbors: Math.min(15, numPoints - 1),
    random: () => stream.uniform(),
  });
  const placed = await reducer.fitAsync(rows);
  return { values: Float64Array.from(placed.flat()), axes: ['UMAP 1', 'UMAP 2'] };
}

/** Gram-Schmidt. A direction that vanishes, as in a space of one dimension, stays 0. */
function orthonormalize(u: Float64Array, v: Float64Array): void {
  scaleToUnit(u);
  const overlap = u.reduce((sum, value, f) => sum + value * at(v, f), 0);
  const before = largestOf(v);
  for (let f = 0; f < v.length; f++) v[f] = at(v, f) - overlap * at(u, f);
  if (largestOf(v) <= 1e-12 * before) v.fill(0);
  else scaleToUnit(v);
}

function largestOf(direction: Float64Array): number {
  return direction.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

function scaleToUnit(direction: Float64Array): void {
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  if (length === 0) return;
  for (let f = 0; f < direction.length; f++) direction[f] = at(direction, f) / length;
}

function at(values: Float32Array | Float64Array, i: number): number {
  return values[i] as number;
}

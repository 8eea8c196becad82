/** Arithmetic of shapes, with named sizes treated as unknown numbers greater than 1. */
import type { Dim, Shape } from './node.ts';

/** The shape of `a` and `b` broadcast against each other (NumPy's rule). Throws where they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const dimA = a[i - (rank - a.length)] ?? 1;
    const dimB = b[i - (rank - b.length)] ?? 1;
    if (dimA === dimB || dimB === 1) return dimA;
    if (dimA === 1) return dimB;
    throw new Error(`Shapes ${showShape(a)} and ${showShape(b)} do not broadcast.`);
  });
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** Number of elements of a fully known shape. */
export function numElements(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** Puts numbers in place of named sizes. Throws where a name is unknown. */
export function resolveShape(shape: Shape, sizes: ReadonlyMap<string, number>): number[] {
  return shape.map((dim) => resolveDim(dim, sizes));
}

export function resolveDim(dim: Dim, sizes: ReadonlyMap<string, number>): number {
  if (typeof dim === 'number') return dim;
  const size = sizes.get(dim);
  if (size === undefined) throw new Error(`The size "${dim}" is not given by any input.`);
  return size;
}

/** Learns named sizes from the shape an input really has. Throws where they contradict each other. */
export function bindShape(
  name: string,
  declared: Shape,
  actual: readonly number[],
  sizes: Map<string, number>,
): void {
  const fits =
    declared.length === actual.length && declared.every((dim, i) => bindDim(dim, actual[i], sizes));
  if (!fits) {
    const known = [...sizes].map(([size, value]) => `${size}=${value}`).join(', ');
    throw new Error(`Input "${name}" is ${showShape(actual)}, declared ${showShape(declared)} (${known}).`);
  }
}

function bindDim(dim: Dim, actual: number | undefined, sizes: Map<string, number>): boolean {
  if (actual === undefined) return false;
  if (typeof dim === 'number') return dim === actual;
  if (!sizes.has(dim)) sizes.set(dim, actual);
  return sizes.get(dim) === actual;
}

export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

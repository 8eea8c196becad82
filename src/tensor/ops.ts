/** Builders of graph nodes: each checks its operands and infers the result's shape. */
import type { BinaryKind, Dim, DType, InputNode, Node, Shape, UnaryKind } from './node.ts';
import { broadcastShapes, sameShape, showShape } from './shape.ts';

export function input(name: string, dtype: DType, shape: Shape): InputNode {
  return { op: 'input', name, dtype, shape };
}

/** A float32 scalar of shape []. */
export function scalar(value: number): Node {
  return { op: 'constant', dtype: 'float32', shape: [], data: Float32Array.of(value) };
}

/** A float32 array of a fully known shape. */
export function constant(data: Float32Array, shape: readonly number[]): Node {
  return { op: 'constant', dtype: 'float32', shape, data };
}

/** [size, size] with ones on the diagonal: gathering its rows makes one-hot vectors. */
export function identityMatrix(size: number): Node {
  const data = new Float32Array(size * size);
  for (let i = 0; i < size; i++) data[i * size + i] = 1;
  return constant(data, [size, size]);
}

const unary =
  (kind: UnaryKind) =>
  (x: Node): Node => ({ op: 'unary', kind, x: float(x), dtype: 'float32', shape: x.shape });

/** 2 / √π · ∫₀ˣ exp(-t²) dt */
export const erf = unary('erf');
export const exp = unary('exp');
export const log = unary('log');
export const neg = unary('neg');
export const relu = unary('relu');
/** -1, 0 or 1. */
export const sign = unary('sign');
export const sqrt = unary('sqrt');
export const square = unary('square');
export const tanh = unary('tanh');
/** x · Φ(x) with the normal distribution's Φ (Hendrycks & Gimpel 2016), exact: not the approximation by tanh. */
export const gelu = (x: Node): Node =>
  mul(mul(x, scalar(0.5)), add(erf(mul(x, scalar(Math.SQRT1_2))), scalar(1)));

export const add = (a: Node, b: Node): Node => binary('add', a, b);
export const sub = (a: Node, b: Node): Node => binary('sub', a, b);
export const mul = (a: Node, b: Node): Node => binary('mul', a, b);
export const div = (a: Node, b: Node): Node => binary('div', a, b);

function binary(kind: BinaryKind, a: Node, b: Node): Node {
  const shape = broadcastShapes(float(a).shape, float(b).shape);
  // What is equal along an axis is computed once and broadcast after.
  const [sourceA, sourceB] = [a, b].map((node) => (node.op === 'broadcast' ? node.x : node)) as [Node, Node];
  if (!sameShape(broadcastShapes(sourceA.shape, sourceB.shape), shape))
    return broadcastTo(binary(kind, sourceA, sourceB), shape);
  // An explicit broadcast that the operation would do anyway costs a copy: read its source instead.
  const left = a.op === 'broadcast' && sameShape(broadcastShapes(a.x.shape, b.shape), shape) ? a.x : a;
  const right = b.op === 'broadcast' && sameShape(broadcastShapes(left.shape, b.x.shape), shape) ? b.x : b;
  if (kind === 'mul' && isOne(left) && sameShape(right.shape, shape)) return right;
  if ((kind === 'mul' || kind === 'div') && isOne(right) && sameShape(left.shape, shape)) return left;
  return { op: 'binary', kind, a: left, b: right, dtype: 'float32', shape };
}

function isOne(node: Node): boolean {
  return node.op === 'constant' && node.data.every((value) => value === 1);
}

/** `[…, m, k] × […, k, n] → […, m, n]`; leading axes broadcast. */
export function matMul(a: Node, b: Node, { transposeA = false, transposeB = false } = {}): Node {
  const [m, k] = lastTwo(a, transposeA);
  const [k2, n] = lastTwo(b, transposeB);
  if (k !== k2) throw new Error(`Matrices ${showShape(a.shape)} and ${showShape(b.shape)} do not fit.`);
  const leading = broadcastShapes(float(a).shape.slice(0, -2), float(b).shape.slice(0, -2));
  return { op: 'matMul', a, b, transposeA, transposeB, dtype: 'float32', shape: [...leading, m, n] };
}

function lastTwo(node: Node, transposed: boolean) {
  const [rows, columns] = node.shape.slice(-2);
  if (rows === undefined || columns === undefined)
    throw new Error(`${showShape(node.shape)} is not a matrix.`);
  return transposed ? ([columns, rows] as const) : ([rows, columns] as const);
}

/** Sum over `axes`, which stay as size 1. */
export function reduceSum(x: Node, axes: readonly number[]): Node {
  const shape = float(x).shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  return axes.every((axis) => x.shape[axis] === 1)
    ? x
    : { op: 'reduceSum', x, axes, dtype: 'float32', shape };
}

/** Largest value over the last axis, which stays as size 1. */
export function reduceMax(x: Node): Node {
  return { op: 'reduceMax', x: float(x), dtype: 'float32', shape: x.shape.with(-1, 1) };
}

/** Where along the last axis the largest value is, the first of equal ones: int32 […] of x […, size]. */
export function argMax(x: Node): Node {
  return { op: 'argMax', x: float(x), dtype: 'int32', shape: x.shape.slice(0, -1) };
}

export function logSoftmax(x: Node): Node {
  return { op: 'logSoftmax', x: float(x), dtype: 'float32', shape: x.shape };
}

/** At most one size of `shape` may be a name, and then it must be one of `x`'s. */
export function reshape(x: Node, shape: Shape): Node {
  return sameShape(x.shape, shape) ? x : { op: 'reshape', x, dtype: x.dtype, shape };
}

/** Axis i of the result is axis `permutation[i]` of `x`. A plain reshape where only axes of size 1 move. */
export function transpose(x: Node, permutation: readonly number[]): Node {
  if (
    permutation.toSorted((a, b) => a - b).some((axis, i) => axis !== i) ||
    permutation.length !== x.shape.length
  ) {
    throw new Error(`[${permutation.join(', ')}] does not permute the axes of ${showShape(x.shape)}.`);
  }
  const shape = permutation.map((axis) => x.shape[axis] as Dim);
  const moving = permutation.filter((axis) => x.shape[axis] !== 1);
  const keepsOrder = moving.every((axis, i) => i === 0 || axis > (moving[i - 1] as number));
  return keepsOrder ? reshape(x, shape) : { op: 'transpose', x, permutation, dtype: x.dtype, shape };
}

export function broadcastTo(x: Node, shape: Shape): Node {
  if (!sameShape(broadcastShapes(x.shape, shape), shape)) {
    throw new Error(`${showShape(x.shape)} does not broadcast to ${showShape(shape)}.`);
  }
  return sameShape(x.shape, shape) ? x : { op: 'broadcast', x: float(x), dtype: x.dtype, shape };
}

/** Rows of `table` at int32 `indices`. */
export function gather(table: Node, indices: Node): Node {
  if (indices.dtype !== 'int32') throw new Error(`Indices are int32, not ${indices.dtype}.`);
  return {
    op: 'gather',
    table,
    indices,
    dtype: table.dtype,
    shape: [...indices.shape, ...table.shape.slice(1)],
  };
}

/** Entries `start` … `end` - 1 along `axis`, whose size must be known. */
export function slice(x: Node, axis: number, start: number, end: number): Node {
  const size = x.shape[axis];
  if (typeof size !== 'number' || start < 0 || end > size || start >= end) {
    throw new Error(`Axis ${axis} of ${showShape(x.shape)} has no entries ${start} to ${end}.`);
  }
  if (end - start === size) return x;
  return { op: 'slice', x, axis, start, end, dtype: x.dtype, shape: x.shape.with(axis, end - start) };
}

/** `parts` one after another along `axis`, whose size must be known; all other sizes must agree. */
export function concat(parts: readonly Node[], axis: number): Node {
  const [first] = parts;
  if (first === undefined) throw new Error('Nothing to concatenate.');
  let size = 0;
  for (const { shape, dtype } of parts) {
    const length = shape[axis];
    if (
      typeof length !== 'number' ||
      !sameShape(shape.with(axis, 0), first.shape.with(axis, 0)) ||
      dtype !== first.dtype
    ) {
      throw new Error(`${showShape(shape)} does not continue ${showShape(first.shape)} along axis ${axis}.`);
    }
    size += length;
  }
  if (parts.length === 1) return first;
  return { op: 'concat', parts, axis, dtype: first.dtype, shape: first.shape.with(axis, size) };
}

export function cast(x: Node, dtype: DType): Node {
  return x.dtype === dtype ? x : { op: 'cast', x, dtype, shape: x.shape };
}

function float(node: Node): Node {
  if (node.dtype !== 'float32')
    throw new Error(`Expected a float32 operand, not ${node.dtype}: cast it first.`);
  return node;
}

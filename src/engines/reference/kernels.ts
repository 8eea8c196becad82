/** One naive function per operation: slow, obvious, and what the other engines are tested against. */
import type { BinaryKind, DType, UnaryKind } from '../../tensor/node.ts';
import { broadcastShapes, numElements } from '../../tensor/shape.ts';
import type { HostTensor, TypedArray } from '../engine.ts';
import { erf } from './erf.ts';

const unaryFunctions: Readonly<Record<UnaryKind, (x: number) => number>> = {
  erf,
  exp: Math.exp,
  log: Math.log,
  neg: (x) => -x,
  relu: (x) => Math.max(x, 0),
  sign: Math.sign,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  tanh: Math.tanh,
};

const binaryFunctions: Readonly<Record<BinaryKind, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

export function unary(kind: UnaryKind, x: HostTensor): HostTensor {
  return { ...x, data: Float32Array.from(x.data, unaryFunctions[kind]) };
}

export function binary(kind: BinaryKind, a: HostTensor, b: HostTensor): HostTensor {
  const shape = broadcastShapes(a.shape, b.shape) as number[];
  const f = binaryFunctions[kind];
  const left = broadcast(a, shape).data;
  const right = broadcast(b, shape).data;
  return floatTensor(shape, (i) => f(left[i] as number, right[i] as number));
}

export function matMul(a: HostTensor, b: HostTensor, transposeA: boolean, transposeB: boolean): HostTensor {
  const [m, k] = orient(a.shape.slice(-2), transposeA);
  const [, n] = orient(b.shape.slice(-2), transposeB);
  const leading = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)) as number[];
  const left = broadcast(a, [...leading, ...a.shape.slice(-2)]).data;
  const right = broadcast(b, [...leading, ...b.shape.slice(-2)]).data;
  return floatTensor([...leading, m, n], (i) => {
    const batch = Math.floor(i / (m * n));
    const row = Math.floor(i / n) % m;
    const column = i % n;
    let sum = 0;
    for (let j = 0; j < k; j++) {
      const x = left[batch * m * k + (transposeA ? j * m + row : row * k + j)] as number;
      const y = right[batch * k * n + (transposeB ? column * k + j : j * n + column)] as number;
      sum += x * y;
    }
    return sum;
  });
}

function orient(lastTwo: readonly number[], transposed: boolean): readonly [number, number] {
  const [rows = 1, columns = 1] = lastTwo;
  return transposed ? [columns, rows] : [rows, columns];
}

export function reduceSum(x: HostTensor, axes: readonly number[]): HostTensor {
  const shape = x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const sums = new Float64Array(numElements(shape));
  const target = broadcastIndex(shape, x.shape);
  x.data.forEach((value, i) => {
    sums[target(i)] = (sums[target(i)] as number) + value;
  });
  return { dtype: 'float32', shape, data: Float32Array.from(sums) };
}

/** Largest value over the last axis, which stays as size 1. */
export function reduceMax(x: HostTensor): HostTensor {
  const positions = argMax(x);
  const width = x.shape[x.shape.length - 1] as number;
  return {
    dtype: 'float32',
    shape: [...positions.shape, 1],
    data: Float32Array.from(positions.data, (position, i) => x.data[i * width + position] as number),
  };
}

/** Where along the last axis the largest value is, the first of equal ones. */
export function argMax(x: HostTensor): HostTensor {
  const shape = x.shape.slice(0, -1);
  const width = x.shape[x.shape.length - 1] as number;
  const data = new Int32Array(numElements(shape));
  for (let i = 0; i < data.length; i++) {
    let best = 0;
    for (let j = 1; j < width; j++) {
      if ((x.data[i * width + j] as number) > (x.data[i * width + best] as number)) best = j;
    }
    data[i] = best;
  }
  return { dtype: 'int32', shape, data };
}

export function logSoftmax(x: HostTensor): HostTensor {
  const width = x.shape[x.shape.length - 1] as number;
  const data = new Float32Array(x.data.length);
  for (let start = 0; start < data.length; start += width) {
    const row = Array.from(x.data.subarray(start, start + width));
    const top = Math.max(...row);
    const logSum = Math.log(row.reduce((sum, value) => sum + Math.exp(value - top), 0));
    row.forEach((value, c) => {
      data[start + c] = value - top - logSum;
    });
  }
  return { ...x, data };
}

export function broadcast(x: HostTensor, shape: readonly number[]): HostTensor {
  const source = broadcastIndex(x.shape, shape);
  return floatTensor(shape, (i) => x.data[source(i)] as number);
}

export function transpose(x: HostTensor, permutation: readonly number[]): HostTensor {
  const shape = permutation.map((axis) => x.shape[axis] as number);
  const strides = permutation.map((axis) => numElements(x.shape.slice(axis + 1)));
  const data = allocate(x.dtype, x.data.length);
  for (let i = 0; i < data.length; i++) {
    let rest = i;
    let source = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += (rest % (shape[axis] as number)) * (strides[axis] as number);
      rest = Math.floor(rest / (shape[axis] as number));
    }
    data[i] = x.data[source] as number;
  }
  return { dtype: x.dtype, shape, data };
}

export function gather(table: HostTensor, indices: HostTensor): HostTensor {
  const rest = table.shape.slice(1);
  const width = numElements(rest);
  const data = allocate(table.dtype, indices.data.length * width);
  indices.data.forEach((row, i) => {
    data.set(table.data.subarray(row * width, (row + 1) * width), i * width);
  });
  return { dtype: table.dtype, shape: [...indices.shape, ...rest], data };
}

export function slice(x: HostTensor, axis: number, start: number, end: number): HostTensor {
  const inner = numElements(x.shape.slice(axis + 1));
  const size = x.shape[axis] as number;
  const keep = (i: number): boolean => {
    const position = Math.floor(i / inner) % size;
    return position >= start && position < end;
  };
  return { dtype: x.dtype, shape: x.shape.with(axis, end - start), data: x.data.filter((_, i) => keep(i)) };
}

export function concat(parts: readonly HostTensor[], axis: number): HostTensor {
  const [first] = parts as [HostTensor, ...HostTensor[]];
  const size = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const shape = first.shape.with(axis, size);
  const data = allocate(first.dtype, numElements(shape));
  const inner = numElements(first.shape.slice(axis + 1));
  let offset = 0;
  for (let outer = 0; outer < numElements(first.shape.slice(0, axis)); outer++) {
    for (const part of parts) {
      const width = (part.shape[axis] as number) * inner;
      data.set(part.data.subarray(outer * width, (outer + 1) * width), offset);
      offset += width;
    }
  }
  return { dtype: first.dtype, shape, data };
}

export function cast(x: HostTensor, dtype: DType): HostTensor {
  const data = allocate(dtype, x.data.length);
  data.set(x.data);
  return { dtype, shape: x.shape, data };
}

/** Step t of a sequence [numSteps, …]. */
export function stepOf(sequence: HostTensor, step: number): HostTensor {
  const shape = sequence.shape.slice(1);
  const width = numElements(shape);
  return { dtype: sequence.dtype, shape, data: sequence.data.subarray(step * width, (step + 1) * width) };
}

/** Per-step values of one shape, stacked along a new first axis. */
export function stack(steps: readonly HostTensor[], shape: readonly number[], dtype: DType): HostTensor {
  const data = allocate(dtype, numElements(shape));
  steps.forEach((step, t) => {
    data.set(step.data, t * step.data.length);
  });
  return { dtype, shape, data };
}

function allocate(dtype: DType, length: number): TypedArray {
  if (dtype === 'float32') return new Float32Array(length);
  return dtype === 'int32' ? new Int32Array(length) : new Uint8Array(length);
}

function floatTensor(shape: readonly number[], value: (i: number) => number): HostTensor {
  return {
    dtype: 'float32',
    shape,
    data: Float32Array.from({ length: numElements(shape) }, (_, i) => value(i)),
  };
}

/** Maps a flat index in `shape` to the flat index in `source` that broadcasting repeats there. */
function broadcastIndex(source: readonly number[], shape: readonly number[]): (i: number) => number {
  const extra = shape.length - source.length;
  return (i) => {
    let index = 0;
    let stride = 1;
    let rest = i;
    for (let axis = shape.length - 1; axis >= extra; axis--) {
      const position = rest % (shape[axis] as number);
      rest = Math.floor(rest / (shape[axis] as number));
      const dim = source[axis - extra] as number;
      if (dim !== 1) index += position * stride;
      stride *= dim;
    }
    return index;
  };
}

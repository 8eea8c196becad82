/** Operations written in other ones, for providers that have no kernel of their own for them. */
import type { Node } from '../../tensor/node.ts';
import { showShape } from '../../tensor/shape.ts';
import type { GraphWriter } from './graphWriter.ts';

/** A matrix, or a stack of them, on the way into a product. */
export interface Factor {
  readonly name: string;
  readonly rank: number;
  readonly transposed: boolean;
}

/** One kernel where the provider has it; else transposed factors are transposed first. */
export function matrixProduct(a: Factor, b: Factor, writer: GraphWriter): string {
  if (writer.kernels.fusedMatMul && (a.transposed || b.transposed)) {
    const attributes = { transA: Number(a.transposed), transB: Number(b.transposed) };
    return writer.one('FusedMatMul', [a.name, b.name], attributes, 'com.microsoft');
  }
  const [left, right] = [a, b].map(({ name, rank, transposed }) => {
    const perm = Array.from({ length: rank }, (_, axis) => axis);
    perm.splice(rank - 2, 2, rank - 1, rank - 2);
    return transposed ? writer.one('Transpose', [name], { perm }) : name;
  });
  return writer.one('MatMul', [left as string, right as string]);
}

/** (x > 0) − (x < 0); the second half is not needed of what `Relu` made. */
export function composeSign(x: Node, writer: GraphWriter): string {
  const zero = writer.initializer('float32', [], Float32Array.of(0));
  const is = (operator: 'Greater' | 'Less'): string =>
    writer.one('Cast', [writer.one(operator, [writer.name(x), zero])], { to: 1 });
  const positive = is('Greater');
  const isNeverNegative = x.op === 'unary' && x.kind === 'relu';
  return isNeverNegative ? positive : writer.one('Sub', [positive, is('Less')]);
}

/** x − max − log Σ exp(x − max) over the last axis: never the logarithm of a probability that underflowed. */
export function composeLogSoftmax(x: Node, writer: GraphWriter): string {
  const axes = writer.int64s([x.shape.length - 1]);
  const largest = writer.one('ReduceMax', [writer.name(x), axes], { keepdims: 1 });
  const shifted = writer.one('Sub', [writer.name(x), largest]);
  const sum = writer.one('ReduceSum', [writer.one('Exp', [shifted]), axes], { keepdims: 1 });
  return writer.one('Sub', [shifted, writer.one('Log', [sum])]);
}

/**
 * Who equals the largest gets a priority that falls along the axis, so that the highest priority is the first one's. The
 * axis' size must be known.
 */
export function composeArgMax(x: Node, writer: GraphWriter): string {
  const size = x.shape.at(-1);
  if (typeof size !== 'number') throw new Error(`The last size of ${showShape(x.shape)} must be known.`);
  const constant = (values: Float32Array, shape: readonly number[]): string =>
    writer.initializer('float32', shape, values);
  const last = writer.int64s([-1]);
  const largest = writer.one('ReduceMax', [writer.name(x), last], { keepdims: 1 });
  const isLargest = writer.one('Equal', [writer.name(x), largest]);
  const falling = constant(
    Float32Array.from({ length: size }, (_, i) => size - i),
    [size],
  );
  const claims = writer.one('Where', [isLargest, falling, constant(Float32Array.of(0), [])]);
  const highest = writer.one('ReduceMax', [claims, last], { keepdims: 0 });
  const position = writer.one('Sub', [constant(Float32Array.of(size), []), highest]);
  return writer.one('Cast', [position], { to: 6 });
}

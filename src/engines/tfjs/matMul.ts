import type { Tensor } from '@tensorflow/tfjs-core';
import type { MatMulNode, Shape } from '../../tensor/node.ts';
import { broadcastShapes } from '../../tensor/shape.ts';
import type { Backend } from './backend.ts';
import { broadcast } from './broadcast.ts';
import type { Operation } from './operation.ts';
import { withScratch } from './scratch.ts';

/**
 * The backends go through the matrices of a smaller operand in circles, which repeats axes in front of all others and
 * no other axis: an operand with such a one is repeated before.
 */
export function matMul(backend: Backend, { a, b, shape, transposeA, transposeB }: MatMulNode): Operation {
  const isRepeated = [a, b].map((operand) => !isSuffix(operand.shape.slice(0, -2), shape.slice(0, -2)));
  const multiply = (x: Tensor, y: Tensor): Tensor =>
    backend.call('BatchMatMul', { a: x, b: y }, { transposeA, transposeB });
  if (!isRepeated.includes(true)) return ([left, right]) => multiply(left as Tensor, right as Tensor);
  return ([left, right]) =>
    withScratch((keep) => {
      const operands = [left as Tensor, right as Tensor] as const;
      const leading = leadingShape(operands[0].shape, operands[1].shape);
      const [x, y] = operands.map((operand, i) =>
        isRepeated[i] ? keep(broadcast(backend, operand, [...leading, ...operand.shape.slice(-2)])) : operand,
      ) as [Tensor, Tensor];
      return multiply(x, y);
    });
}

/** Whether `axes` end as `all` does, with nothing but sizes of 1 before. */
function isSuffix(axes: Shape, all: Shape): boolean {
  const padded = [...Array<number>(all.length - axes.length).fill(1), ...axes];
  const own = padded.findIndex((size) => size !== 1);
  return own < 0 || padded.slice(own).every((size, i) => size === all[own + i]);
}

function leadingShape(a: readonly number[], b: readonly number[]): number[] {
  return broadcastShapes(a.slice(0, -2), b.slice(0, -2)) as number[];
}

/** Sums over rows that equal rows have equal, to the last bit. */
import type { Node } from '../tensor/node.ts';
import { constant, matMul } from '../tensor/ops.ts';

/**
 * [numRows, 1], the sums of x [numRows, width], by a product with ones: the runtime's own sum rounds by where a row begins in
 * memory, and copies of a sample would no longer tie.
 */
export function rowSums(x: Node, width: number): Node {
  return matMul(x, constant(new Float32Array(width).fill(1), [width, 1]));
}

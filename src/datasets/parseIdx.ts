/** The IDX format of MNIST's files: a magic number, the sizes of the axes, then the values, all big-endian. */
import { UserError } from '../foundation/userError.ts';

const UNSIGNED_BYTE = 0x08;

/**
 * The values behind an IDX header of unsigned bytes, as a view of `bytes`, row-major.
 * Throws `UserError("wrong-idx-header")` unless the header says `shape` and the length agrees.
 */
export function parseIdx(bytes: Buffer, shape: readonly number[]): Uint8Array {
  const headerLength = 4 + 4 * shape.length;
  if (bytes.length < headerLength) return refuse(shape, `${bytes.length} bytes in all`);
  if (bytes.readUInt16BE(0) !== 0 || bytes[2] !== UNSIGNED_BYTE || bytes[3] !== shape.length) {
    return refuse(shape, `magic number 0x${bytes.toString('hex', 0, 4)}`);
  }
  const sizes = shape.map((_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  if (sizes.some((size, axis) => size !== shape[axis])) return refuse(shape, `shape [${sizes.join(', ')}]`);
  const numValues = shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== headerLength + numValues) {
    return refuse(shape, `${bytes.length - headerLength} values`);
  }
  return bytes.subarray(headerLength);
}

function refuse(shape: readonly number[], met: string): never {
  throw new UserError(
    'wrong-idx-header',
    `An IDX file of unsigned bytes of shape [${shape.join(', ')}] was expected, and one with ${met} was met. Get the file again.`,
  );
}

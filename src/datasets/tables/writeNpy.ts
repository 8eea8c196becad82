/** Writes a NumPy array (format version 1, row-major, little-endian), as numpy.load reads it. */
import { writeFileSync } from 'node:fs';
import { UserError } from '../../foundation/userError.ts';

const descriptors = [
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Int32Array, '<i4'],
  [Uint8Array, '|u1'],
] as const;

type NpyValues = Float32Array | Float64Array | Int32Array | Uint8Array;

/** @param values row-major, as many as `shape` says. Throws `UserError("unwritable-file")`. */
export function writeNpy(path: string, values: NpyValues, shape: readonly number[]): void {
  const body = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  try {
    writeFileSync(path, npyHeader(values, shape));
    writeFileSync(path, body, { flag: 'a' });
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError(
      'unwritable-file',
      `${path} must be writable, and is not: ${reason}. Choose another place.`,
    );
  }
}

function npyHeader(values: NpyValues, shape: readonly number[]): Buffer {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== values.length) throw new Error(`${values.length} values do not fill [${shape.join(', ')}].`);
  const descriptor = descriptors.find(([type]) => values instanceof type)?.[1];
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${axes}), }`;
  // Spaces and a newline bring the values to a multiple of 64 bytes.
  const numBytes = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = Buffer.alloc(numBytes, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(numBytes - 10, 8);
  header.write(dictionary, 10, 'latin1');
  header.write('\n', numBytes - 1);
  return header;
}

/** Reads an IDX file of any element type and rank: MNIST's format. */
import { UserError } from '../../foundation/userError.ts';
import { bytesOf, type ElementType, readArrayBody } from './arrayBody.ts';
import { refuseEmpty } from './badTable.ts';
import { isCompressed, openByteReader, storedBytes } from './byteReader.ts';
import type { Table, TableRequest } from './table.ts';

/** By the third byte of the file. */
const elementTypes: Readonly<Record<number, ElementType>> = {
  8: 'u1',
  9: 'i1',
  11: 'i2',
  12: 'i4',
  13: 'f4',
  14: 'f8',
};

/** Throws `UserError` "bad-idx", "truncated-file", "bad-value", "empty-file" and those of reading. */
export async function readIdx(path: string, { precision = 'single' }: TableRequest = {}): Promise<Table> {
  const numStored = await storedBytes(path);
  const reader = openByteReader(path);
  try {
    const start = Buffer.alloc(4);
    const found = await reader.fill(start);
    const type = elementTypes[start[2] as number];
    const rank = start[3] as number;
    if (found < 4 || start.readUInt16BE(0) !== 0 || type === undefined || rank === 0) {
      throw new UserError(
        'bad-idx',
        `${path} must begin with an IDX magic number, and begins with 0x${start.toString('hex')}. Get the file again.`,
      );
    }
    const sizes = Buffer.alloc(4 * rank);
    if ((await reader.fill(sizes)) < sizes.length) refuseEnd(path, 'its header');
    const shape = Array.from({ length: rank }, (_, axis) => sizes.readUInt32BE(4 * axis));
    const length = shape.reduce((product, size) => product * size, 1);
    if (length === 0) refuseEmpty(path);
    const numBytes = 4 + sizes.length + length * bytesOf(type);
    if (!isCompressed(path) && numStored < numBytes)
      refuseEnd(path, `the ${numBytes} bytes that its header says`);
    const form = { type, shape, bigEndian: true, columnMajor: false };
    const values = await readArrayBody(reader, path, form, precision);
    if (values === undefined) refuseEnd(path, `the ${numBytes} bytes that its header says`);
    const numRows = shape[0] as number;
    return { path, numRows, matrix: { values, shape }, numbers: new Map(), texts: new Map() };
  } finally {
    reader.close();
  }
}

function refuseEnd(path: string, before: string): never {
  throw new UserError(
    'truncated-file',
    `${path} must not end early, and ends before ${before}. Get it again.`,
  );
}

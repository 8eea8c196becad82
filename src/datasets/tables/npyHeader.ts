/**
 * The header of NumPy's .npy format (versions 1 to 3): a magic string, a version, a length, and a Python dictionary.
 * Source: numpy/lib/format.py.
 */
import { UserError } from '../../foundation/userError.ts';
import { type ArrayForm, isElementType } from './arrayBody.ts';
import type { ByteReader } from './byteReader.ts';

/** Text is [numRows] of fixed width; `U`: four bytes a character, `S`: one. */
export type NpyForm =
  | ({ readonly kind: 'numbers' } & ArrayForm)
  | {
      readonly kind: 'text';
      readonly encoding: 'U' | 'S';
      readonly bigEndian: boolean;
      readonly width: number;
      readonly shape: readonly number[];
    };

const magic = Buffer.from('\x93NUMPY', 'latin1');

/** Throws `UserError` "bad-npy" and "object-array". */
export async function readNpyHeader(
  reader: ByteReader,
  path: string,
): Promise<NpyForm & { readonly headerBytes: number }> {
  const start = Buffer.alloc(8);
  if ((await reader.fill(start)) < 8 || !start.subarray(0, 6).equals(magic)) {
    refuse(path, 'must begin as a NumPy array does (\\x93NUMPY), and does not');
  }
  const version = start[6] as number;
  if (version < 1 || version > 3) refuse(path, `must be of format version 1, 2 or 3, and is of ${version}`);
  const lengthBytes = Buffer.alloc(version === 1 ? 2 : 4);
  await reader.fill(lengthBytes);
  const length = lengthBytes.readUIntLE(0, lengthBytes.length);
  // NumPy itself refuses headers above 10,000 bytes unless told otherwise.
  if (length > 1 << 20) refuse(path, `must have a header of a few hundred bytes, and has one of ${length}`);
  const text = Buffer.alloc(length);
  if ((await reader.fill(text)) < length) refuse(path, 'must have a whole header, and ends inside it');
  return { ...parseHeader(text.toString('utf8'), path), headerBytes: 8 + lengthBytes.length + length };
}

function parseHeader(text: string, path: string): NpyForm {
  const descriptor = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (descriptor === null || order === undefined || sizes === undefined) {
    return refuse(path, `must say descr, fortran_order and shape, and says ${text.trim().slice(0, 80)}`);
  }
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number.parseInt(size, 10)]));
  if (descriptor[2] !== undefined)
    refuseType(path, 'a structured type', 'Save its fields as arrays of their own');
  const [, endianness = '|', letter = '', width = ''] =
    /^([<>|=]?)([A-Za-z])(\d*)/.exec(descriptor[1] ?? '') ?? [];
  const bigEndian = endianness === '>';
  if (letter === 'O') {
    throw new UserError(
      'object-array',
      `${path} must hold numbers, and holds Python objects (dtype=object). Save it as numpy.asarray(array, dtype="float32").`,
    );
  }
  if (letter === 'U' || letter === 'S') {
    if (shape.length !== 1) refuseType(path, `text of shape [${shape.join(', ')}]`, 'Save text as one list');
    return { kind: 'text', encoding: letter, bigEndian, width: Number(width), shape };
  }
  const type = `${letter}${width}`;
  if (!isElementType(type)) return refuseType(path, `"${descriptor[1]}"`, 'Save it with .astype("float32")');
  return { kind: 'numbers', type, bigEndian, columnMajor: order === 'True', shape };
}

function refuseType(path: string, met: string, remedy: string): never {
  return refuse(path, `must hold floats, integers or booleans, and holds ${met}`, `${remedy}.`);
}

function refuse(path: string, problem: string, remedy = 'Save it again with numpy.save.'): never {
  throw new UserError('bad-npy', `${path} ${problem}. ${remedy}`);
}

/** Reads a NumPy array: numbers of any rank, or a list of text. */
import { UserError } from '../../foundation/userError.ts';
import { bytesOf, readArrayBody } from './arrayBody.ts';
import { refuseEmpty } from './badTable.ts';
import { type ByteReader, isCompressed, openByteReader, progressOf, storedBytes } from './byteReader.ts';
import { type NpyForm, readNpyHeader } from './npyHeader.ts';
import type { Table, TableRequest } from './table.ts';

/**
 * A table whose matrix has the array's own shape, in row-major order whatever the file's. Throws `UserError` "bad-npy",
 * "object-array", "truncated-file", "oversized-file", "bad-value", "empty-file" and those of reading.
 */
export async function readNpy(
  path: string,
  { precision = 'single', onProgress }: TableRequest = {},
): Promise<Table> {
  const numStored = await storedBytes(path);
  const reader = openByteReader(path, progressOf(numStored, onProgress));
  try {
    const form = await readNpyHeader(reader, path);
    const numRows = form.shape[0] ?? 0;
    if (form.shape.reduce((product, size) => product * size, 1) === 0 || form.shape.length === 0) {
      refuseEmpty(path);
    }
    // Before any memory is taken: a header may say anything.
    const expected = form.headerBytes + bodyBytes(form);
    if (!isCompressed(path) && numStored !== expected) refuseLength(path, expected, numStored);
    const table = { path, numRows, numbers: new Map<string, Float64Array>() };
    if (form.kind === 'text') {
      const texts = await readTexts(reader, form);
      if (texts === undefined) refuseLength(path, expected, 'fewer');
      return { ...table, texts: new Map([['value', texts]]) };
    }
    const values = await readArrayBody(reader, path, form, precision);
    if (values === undefined) refuseLength(path, expected, 'fewer');
    if ((await reader.fill(new Uint8Array(1))) > 0) refuseLength(path, expected, 'more');
    return { ...table, matrix: { values, shape: form.shape }, texts: new Map() };
  } finally {
    reader.close();
  }
}

function bodyBytes(form: NpyForm): number {
  const numElements = form.shape.reduce((product, size) => product * size, 1);
  if (form.kind === 'numbers') return numElements * bytesOf(form.type);
  return numElements * form.width * (form.encoding === 'U' ? 4 : 1);
}

async function readTexts(
  reader: ByteReader,
  { shape, encoding, width, bigEndian }: Extract<NpyForm, { kind: 'text' }>,
): Promise<string[] | undefined> {
  const texts: string[] = [];
  const bytes = Buffer.alloc(width * (encoding === 'U' ? 4 : 1));
  for (let row = 0; row < (shape[0] ?? 0); row++) {
    if ((await reader.fill(bytes)) < bytes.length) return undefined;
    if (encoding === 'U' && bigEndian) bytes.swap32();
    const text =
      encoding === 'S'
        ? bytes.toString('utf8')
        : Array.from({ length: width }, (_, i) => String.fromCodePoint(bytes.readUInt32LE(4 * i))).join('');
    texts.push(text.replace(/\0+$/, ''));
  }
  return texts;
}

/** `met`: how many there are, where the file is not compressed. */
function refuseLength(path: string, expected: number, met: number | 'fewer' | 'more'): never {
  throw new UserError(
    met === 'fewer' || (met !== 'more' && met < expected) ? 'truncated-file' : 'oversized-file',
    `${path} must have ${expected} bytes by its header, and has ${met}. Copy or save it again.`,
  );
}

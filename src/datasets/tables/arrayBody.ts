/** The numbers behind a header, as NPY and IDX files have them: every element type and byte order, to floats. */
import { arrayPlace, refuseSize, refuseValue } from './badTable.ts';
import type { ByteReader } from './byteReader.ts';
import type { MatrixValues } from './table.ts';

/** NumPy's letters: f float, i signed, u unsigned, b boolean; then the bytes of one element. */
export type ElementType = keyof typeof elements;

interface Element {
  readonly numBytes: number;
  /** The elements in `bytes`, which are little-endian and aligned. */
  decode(bytes: Uint8Array<ArrayBuffer>): ArrayLike<number>;
}

const view = <T>(make: new (buffer: ArrayBuffer, offset: number, length: number) => T, numBytes: number) => ({
  numBytes,
  decode: ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): T =>
    new make(buffer, byteOffset, byteLength / numBytes),
});

const big = (make: typeof BigInt64Array | typeof BigUint64Array): Element => ({
  numBytes: 8,
  decode: ({ buffer, byteOffset, byteLength }) => {
    const whole: BigInt64Array | BigUint64Array = new make(buffer, byteOffset, byteLength / 8);
    return Float64Array.from(whole as BigInt64Array, Number);
  },
});

const elements = {
  f2: { numBytes: 2, decode: decodeHalves },
  f4: view(Float32Array, 4),
  f8: view(Float64Array, 8),
  i1: view(Int8Array, 1),
  i2: view(Int16Array, 2),
  i4: view(Int32Array, 4),
  i8: big(BigInt64Array),
  u1: view(Uint8Array, 1),
  u2: view(Uint16Array, 2),
  u4: view(Uint32Array, 4),
  u8: big(BigUint64Array),
  b1: view(Uint8Array, 1),
} satisfies Record<string, Element>;

export const isElementType = (name: string): name is ElementType => Object.hasOwn(elements, name);

export const bytesOf = (type: ElementType): number => elements[type].numBytes;

export interface ArrayForm {
  readonly type: ElementType;
  readonly bigEndian: boolean;
  /** Fortran's order: the first axis varies fastest. */
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
}

const CHUNK_ELEMENTS = 1 << 17;

/**
 * Reads the values, row-major. Memory: the values, and one chunk. Throws `UserError("bad-value")` for what is not finite;
 * returns `undefined` where the file ends early.
 */
export async function readArrayBody(
  reader: ByteReader,
  path: string,
  form: ArrayForm,
  precision: 'single' | 'double',
): Promise<MatrixValues | undefined> {
  const { type, shape, bigEndian } = form;
  const element: Element = elements[type];
  const length = shape.reduce((product, size) => product * size, 1);
  const staysBytes = precision === 'single' && (type === 'u1' || type === 'b1');
  const values = staysBytes
    ? new Uint8Array(length)
    : precision === 'single'
      ? new Float32Array(length)
      : new Float64Array(length);
  const place = form.columnMajor ? columnMajorPlaces(shape) : undefined;
  const bytes = Buffer.from(new ArrayBuffer(CHUNK_ELEMENTS * element.numBytes));
  for (let first = 0; first < length; first += CHUNK_ELEMENTS) {
    const count = Math.min(CHUNK_ELEMENTS, length - first);
    const chunk = bytes.subarray(0, count * element.numBytes);
    if ((await reader.fill(chunk)) < chunk.length) return undefined;
    if (bigEndian) swapBytes(chunk, element.numBytes);
    const decoded = element.decode(chunk);
    for (let i = 0; i < count; i++) {
      const target = place === undefined ? first + i : place();
      const value = decoded[i] as number;
      values[target] = value;
      if (!Number.isFinite(values[target])) {
        if (Number.isFinite(value)) refuseSize(path, arrayPlace(target, shape), value);
        refuseValue(path, arrayPlace(target, shape), value);
      }
    }
  }
  return values;
}

/** Where each element of a column-major array lies in a row-major one, one after another. */
function columnMajorPlaces(shape: readonly number[]): () => number {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  let next = 0;
  return () => {
    const current = next;
    for (let axis = 0; axis < shape.length; axis++) {
      const size = shape[axis] as number;
      const stride = strides[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      next += stride;
      if ((index[axis] as number) < size) break;
      index[axis] = 0;
      next -= size * stride;
    }
    return current;
  };
}

function swapBytes(chunk: Buffer, numBytes: number): void {
  if (numBytes === 2) chunk.swap16();
  else if (numBytes === 4) chunk.swap32();
  else if (numBytes === 8) chunk.swap64();
}

/** IEEE 754 half precision: sign, 5 bits of exponent, 10 of fraction. */
function decodeHalves({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Float32Array {
  return Float32Array.from(new Uint16Array(buffer, byteOffset, byteLength / 2), (half) => {
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    const sign = half & 0x8000 ? -1 : 1;
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  });
}

/** Matrices handed to the engine once, in chunks of rows that lie where they were: no copy on a CPU. */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';

export interface Chunk {
  readonly start: number;
  readonly numRows: number;
  /** [numRows, width] */
  readonly tensor: DeviceTensor;
}

/** Numbers that a chunk, or the product of a chunk with some vectors, may hold: 1 MiB, a core's cache. */
const NUMBERS_PER_CHUNK = 2 ** 18;

/** Rows of `width` numbers in a chunk. Never very few: a call of the engine costs some 20 µs. */
export function rowsPerChunk(width: number): number {
  return Math.min(8192, Math.max(64, Math.floor(NUMBERS_PER_CHUNK / width)));
}

/**
 * Chunks of at most `maxRows` rows of `values` [numRows, width], numbered from `firstRow` and all of nearly one size: a
 * product with a single row may round in another way than one with many, and equal rows would no longer tie.
 */
export function uploadRows(
  { engine }: Compute,
  values: Float32Array,
  width: number,
  { maxRows, firstRow = 0 }: { readonly maxRows: number; readonly firstRow?: number },
): Chunk[] {
  const numRows = values.length / width;
  const size = Math.ceil(numRows / Math.max(1, Math.ceil(numRows / maxRows)));
  return Array.from({ length: size === 0 ? 0 : Math.ceil(numRows / size) }, (_, i) => {
    const data = values.subarray(i * size * width, (i + 1) * size * width);
    const shape = [data.length / width, width];
    return {
      start: firstRow + i * size,
      numRows: data.length / width,
      tensor: engine.upload({ dtype: 'float32', shape, data }),
    };
  });
}

export function disposeChunks(chunks: readonly Chunk[]): void {
  disposeTensors(chunks.map(({ tensor }) => tensor));
}

/** What a program read or returned: on a GPU nobody else collects it. */
export function disposeTensors(
  tensors: readonly DeviceTensor[] | Readonly<Record<string, DeviceTensor>>,
): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}

/** Programs run over any number of rows, in memory that does not grow with them beyond the result. */
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import { stateName } from './programs.ts';

/** Rows per run: activations of this many stay in a core's cache. */
const ROWS_PER_RUN = 512;

/** A compiled program, and what it reads at every run. */
export interface ChunkedProgram {
  readonly engine: Engine;
  readonly executable: Executable;
  /** [numSamples, numFeatures] bytes, resident. */
  readonly features: DeviceTensor;
  readonly parameters: readonly DeviceTensor[];
}

/** Rows `start` … of some list, at most a chunk's worth. */
export interface RowChunk {
  readonly start: number;
  readonly data: Int32Array;
}

export function* chunksOf(rows: Int32Array, rowsPerRun = ROWS_PER_RUN): Generator<RowChunk> {
  for (let start = 0; start < rows.length; start += rowsPerRun) {
    yield { start, data: rows.subarray(start, start + rowsPerRun) };
  }
}

/** The program's inputs for a chunk. */
export function chunkInputs(
  { engine, features, parameters }: ChunkedProgram,
  { data }: RowChunk,
): Record<string, DeviceTensor> {
  const indices = engine.upload({ dtype: 'int32', shape: [1, data.length], data });
  const state = parameters.map((tensor, i) => [stateName(i), tensor] as const);
  return { features, indices, ...Object.fromEntries(state) };
}

/** [rows.length, width]: the program's output `name`, [1, chunk, width] at each run, for all rows in their order. */
export async function runInChunks(
  program: ChunkedProgram,
  { name, width }: { readonly name: string; readonly width: number },
  rows: Int32Array,
): Promise<Float32Array> {
  const values = new Float32Array(rows.length * width);
  for (const chunk of chunksOf(rows)) {
    const { [name]: result } = await program.executable.run(chunkInputs(program, chunk));
    if (result === undefined) throw new Error(`The program has no output "${name}".`);
    values.set((await result.read()).data, chunk.start * width);
    result.dispose();
  }
  return values;
}

/** Programs run over any number of rows, in memory that does not grow with them beyond the result. */
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import { stateName } from './programs.ts';
import { mapSlots, type Slots } from './slots.ts';

/** A compiled program, and what it reads at every run. */
export interface ChunkedProgram {
  readonly engine: Engine;
  readonly executable: Executable;
  /** [numSamples, numFeatures], resident. */
  readonly features: DeviceTensor;
  /** Each [numReplicas, …shape]. */
  readonly parameters: readonly DeviceTensor[];
}

/** The inputs for `numRows` rows of each replica, from `start` on; shorter lists and idle slots are filled with row 0. */
export function chunkInputs(
  { engine, features, parameters }: ChunkedProgram,
  rows: Slots<Int32Array>,
  { start, numRows }: { readonly start: number; readonly numRows: number },
): Record<string, DeviceTensor> {
  const chunks = rows.map((own) => own?.subarray(start, start + numRows));
  const [first] = chunks;
  let data: Int32Array;
  if (chunks.length === 1 && first !== undefined) data = first;
  else {
    data = new Int32Array(rows.length * numRows);
    for (const [slot, chunk] of chunks.entries()) if (chunk !== undefined) data.set(chunk, slot * numRows);
  }
  const indices = engine.upload({ dtype: 'int32', shape: [rows.length, numRows], data });
  const state = parameters.map((tensor, i) => [stateName(i), tensor] as const);
  return { features, indices, ...Object.fromEntries(state) };
}

export interface ChunkedOutput {
  /** The program's output, [numReplicas, numRows, width] at each run. */
  readonly name: string;
  readonly width: number;
  /** Rows of each replica per run. */
  readonly rowsPerRun: number;
}

/** [rows.length, width] for every full slot, its rows in their order. */
export async function runInChunks(
  program: ChunkedProgram,
  { name, width, rowsPerRun }: ChunkedOutput,
  rows: Slots<Int32Array>,
): Promise<Slots<Float32Array>> {
  const longest = Math.max(...rows.map((own) => own?.length ?? 0));
  const values = mapSlots(rows, (own) => new Float32Array(own.length * width));
  for (let start = 0; start < longest; start += rowsPerRun) {
    const numRows = Math.min(rowsPerRun, longest - start);
    const inputs = chunkInputs(program, rows, { start, numRows });
    const { [name]: result } = await program.executable.run(inputs);
    if (result === undefined) throw new Error(`The program has no output "${name}".`);
    const { data } = await result.read();
    mapSlots(values, (own, slot) => {
      const size = Math.min(numRows * width, own.length - start * width);
      if (size > 0) own.set(data.subarray(slot * numRows * width).subarray(0, size), start * width);
    });
    result.dispose();
    inputs.indices?.dispose();
  }
  return values;
}

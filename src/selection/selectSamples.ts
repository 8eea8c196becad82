/** Selecting with no training at all: a strategy on a user's own embeddings, probabilities or scores. */
import { basename } from 'node:path';
import type { Compute } from '../engines/compute.ts';
import { UserError } from '../foundation/userError.ts';
import { pickProblem } from '../strategies/pickProblem.ts';
import { createPicker } from './picker.ts';
import { createPointContext } from './pointContext.ts';
import { checkInput, type SelectionInput } from './selectionInput.ts';

export interface SelectionRequest extends SelectionInput {
  /** A strategy's name, or the path of a module of your own; with `scores` a selector's name, which picks by them. */
  readonly strategy: string;
  /** As in a spec; what is left out has its default. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** How many: a whole number, or a fraction of the pool below 1. */
  readonly n: number;
  /** Default: 0. */
  readonly seed?: number | undefined;
  /** Default: ONNX Runtime with a thread for each core. */
  readonly compute?: Compute | undefined;
  /** Told how much is chosen, from 0 to 1, by strategies that choose one after another. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export interface Selection {
  /** Rows, most wanted first. */
  readonly rows: Int32Array;
  /** How many rows could have been picked. */
  readonly numPool: number;
}

/**
 * Picks samples. Throws `UserError`: "bad-n", and what `checkInput`, `createPicker` and the strategies throw.
 */
export async function selectSamples(request: SelectionRequest): Promise<Selection> {
  const { strategy, seed = 0, onProgress, ...input } = request;
  const numSamples = checkInput(request);
  const picker = await createPicker(request);
  const poolRows = poolOf(input, numSamples);
  const k = countOf(request.n, poolRows.length);
  const { compute, owned } = await computeFor(request.compute);
  try {
    // Wherever a module lies.
    const identity = { strategy: basename(strategy), options: picker.options, seed };
    const onChosen = (count: number): void => onProgress?.(count / k);
    const context = {
      ...createPointContext({ ...input, numSamples, poolRows, compute, identity }),
      onChosen,
    };
    const rows = await picker.pick(context, k);
    const problem = pickProblem(rows, poolRows, k);
    if (problem !== undefined) throw new Error(`The strategy "${strategy}" ${problem}.`);
    return { rows, numPool: poolRows.length };
  } finally {
    if (owned) await compute.dispose();
  }
}

function poolOf({ labelled, excluded }: SelectionInput, numSamples: number): Int32Array {
  const isOut = new Uint8Array(numSamples);
  for (const row of labelled?.rows ?? []) isOut[row] = 1;
  for (const row of excluded ?? []) isOut[row] = 1;
  return Int32Array.from({ length: numSamples }, (_, row) => row).filter((row) => isOut[row] === 0);
}

/** Throws `UserError("bad-n")`. */
function countOf(n: number, numPool: number): number {
  if (!(n > 0) || (n >= 1 && !Number.isInteger(n))) {
    throw new UserError(
      'bad-n',
      `n must be a whole number of samples or a fraction below 1, and is ${n}. Correct it.`,
    );
  }
  const count = n < 1 ? Math.round(n * numPool) : n;
  if (count < 1) {
    throw new UserError(
      'bad-n',
      `n must come to a sample at least, and ${n} of ${numPool} is none. Raise it.`,
    );
  }
  if (count > numPool) {
    throw new UserError(
      'bad-n',
      `n must not exceed the samples that can be picked: it is ${count}, and there are ${numPool}, the labelled and the duplicates left out. Lower it.`,
    );
  }
  return count;
}

async function computeFor(given: Compute | undefined): Promise<{ compute: Compute; owned: boolean }> {
  if (given !== undefined) return { compute: given, owned: false };
  const { createCompute } = await import('../engines/compute.ts');
  const { createOnnxEngine } = await import('../engines/onnx/onnxEngine.ts');
  return {
    compute: createCompute(await createOnnxEngine()),
    owned: true,
  };
}

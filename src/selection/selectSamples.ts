/** Selecting with no training at all: a strategy on a user's own embeddings, probabilities or scores. */

import { z } from 'zod';
import type { Compute } from '../engines/compute.ts';
import { keyProblem, toProblems, wordIssue } from '../experiment/specProblems.ts';
import { lookUp, unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { strategies } from '../strategies/index.ts';
import { pickProblem } from '../strategies/pickProblem.ts';
import { selectors } from '../strategies/selectors/index.ts';
import type { QueryContext } from '../strategies/strategy.ts';
import type { Need, SelectorEntry, StrategyEntry } from '../strategies/strategyEntry.ts';
import { createPointContext, indexNames } from './pointContext.ts';
import { checkInput, type SelectionInput } from './selectionInput.ts';

export interface SelectionRequest extends SelectionInput {
  /** A strategy's name; with `scores` a selector's, which picks by them. */
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
 * Picks samples. Throws `UserError`: "unknown-name", "missing-input" where the strategy needs what is not given,
 * "bad-option", "bad-n", and what `checkInput` and the strategies throw.
 */
export async function selectSamples(request: SelectionRequest): Promise<Selection> {
  const { strategy: name, options: givenOptions = {}, seed = 0, scores, onProgress, ...input } = request;
  const numSamples = checkInput(request);
  const entry = scores === undefined ? strategyEntry(name) : selectorEntry(name);
  checkNeeds(name, entry.needs, input);
  const options = parseOptions(name, entry, givenOptions);
  const { probabilities } = input;
  if (probabilities !== undefined) {
    const classNames = input.classNames ?? indexNames(probabilities.numClasses);
    entry.checkOptions?.(options, { name: 'the probabilities', classNames });
  }
  const poolRows = poolOf(input, numSamples);
  const k = countOf(request.n, poolRows.length);
  const { compute, owned } = await computeFor(request.compute);
  try {
    const identity = { strategy: name, options, seed };
    const onChosen = (count: number): void => onProgress?.(count / k);
    const context = {
      ...createPointContext({ ...input, numSamples, poolRows, compute, identity }),
      onChosen,
    };
    const rows = await pick(entry, options, { context, k, scores });
    const problem = pickProblem(rows, poolRows, k);
    if (problem !== undefined) throw new Error(`The strategy "${name}" ${problem}.`);
    return { rows, numPool: poolRows.length };
  } finally {
    if (owned) await compute.dispose();
  }
}

interface PickRequest {
  readonly context: QueryContext;
  readonly k: number;
  readonly scores: Float64Array | undefined;
}

async function pick(
  entry: StrategyEntry | SelectorEntry,
  options: Readonly<Record<string, unknown>>,
  { context, k, scores }: PickRequest,
): Promise<Int32Array> {
  const made = entry.create(options);
  if (typeof made !== 'function') return made.select(context, k);
  return made(
    context,
    Float64Array.from(context.poolRows, (row) => scores?.[row] as number),
    k,
  );
}

/** Bounds look at labels that nobody has here. */
function strategyEntry(name: string): StrategyEntry {
  const known = Object.fromEntries(Object.entries(strategies).filter(([, { isBound }]) => isBound !== true));
  return lookUp('strategy', known, name);
}

function selectorEntry(name: string): SelectorEntry {
  const entry = Object.hasOwn(selectors, name) ? selectors[name] : undefined;
  if (entry !== undefined) return entry;
  if (Object.hasOwn(strategies, name)) {
    throw new UserError(
      'no-scores-wanted',
      `With scores, the strategy must be one that picks by scores (${Object.keys(selectors).join(', ')}), and is "${name}", which makes its own. Leave the scores out, or choose another.`,
    );
  }
  throw new UserError('unknown-name', unknownName('selector', name, Object.keys(selectors)));
}

const remedies: Readonly<Record<Need, string>> = {
  embeddings: 'embeddings, and none are given. Give them by --embeddings',
  predictions:
    'class probabilities, and none are given. Give them by --probabilities, or name a column of scores by --scores where it can pick by scores',
  samples:
    'several draws of class probabilities, and there are none. Give an array [draws, samples, classes] by --probabilities',
};

function checkNeeds(
  name: string,
  needs: readonly Need[],
  { embeddings, probabilities }: SelectionInput,
): void {
  const has: Readonly<Record<Need, boolean>> = {
    embeddings: embeddings !== undefined,
    predictions: probabilities !== undefined,
    samples: (probabilities?.numDrawn ?? 1) > 1,
  };
  const missing = needs.find((need) => !has[need]);
  if (missing === undefined) return;
  throw new UserError('missing-input', `The strategy "${name}" needs ${remedies[missing]}.`);
}

function parseOptions(
  name: string,
  entry: StrategyEntry | SelectorEntry,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const known = Object.keys(entry.options);
  const foreign = Object.keys(given).find((key) => !known.includes(key));
  if (foreign !== undefined) {
    const problem =
      known.length === 0 ? 'is unknown; it takes none' : keyProblem(foreign, known, 'is unknown');
    throw new UserError(
      'bad-option',
      `The option "${foreign}" of "${name}" ${problem.replace(/[^?]$/, '$&.')}`,
    );
  }
  const result = z.strictObject(entry.options).safeParse(given, { error: wordIssue });
  if (result.success) return result.data;
  const [problem] = toProblems(result.error.issues);
  throw new UserError(
    'bad-option',
    `The option "${problem?.path.join('.')}" of "${name}" ${problem?.message}.`,
  );
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
  const { availableParallelism } = await import('node:os');
  return {
    compute: createCompute(await createOnnxEngine({ numThreads: availableParallelism() })),
    owned: true,
  };
}

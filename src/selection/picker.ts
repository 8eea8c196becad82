/** What picks: a strategy of the registry, a user's module, or with scores a selector; its needs and options checked. */
import { z } from 'zod';
import { keyProblem, toProblems, wordIssue } from '../experiment/specProblems.ts';
import { lookUp, unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { strategies } from '../strategies/index.ts';
import { selectors } from '../strategies/selectors/index.ts';
import type { QueryContext } from '../strategies/strategy.ts';
import type { Need, SelectorEntry, StrategyEntry } from '../strategies/strategyEntry.ts';
import { isModulePath, openModule } from './moduleEntry.ts';
import { indexNames } from './pointContext.ts';
import type { SelectionInput } from './selectionInput.ts';

export interface PickerRequest extends SelectionInput {
  readonly strategy: string;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface Picker {
  /** Defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  pick(context: QueryContext, k: number): Promise<Int32Array>;
}

/**
 * Throws `UserError`: "unknown-name", "no-scores-wanted", "missing-input" where the strategy needs what is not given,
 * "bad-option", and what `openModule` and the entries throw of their options.
 */
export async function createPicker(request: PickerRequest): Promise<Picker> {
  const { strategy: name, options: given = {}, scores, probabilities } = request;
  if (isModulePath(name)) {
    if (scores !== undefined) refuseScores(name);
    const strategy = await openModule(name, given);
    return { options: given, pick: (context, k) => strategy.select(context, k) };
  }
  const entry = scores === undefined ? strategyEntry(name) : selectorEntry(name);
  checkNeeds(name, entry.needs, request);
  const options = parseOptions(name, entry, given);
  if (probabilities !== undefined) {
    const classNames = request.classNames ?? indexNames(probabilities.numClasses);
    entry.checkOptions?.(options, { name: 'the probabilities', classNames });
  }
  const made = entry.create(options);
  return {
    options,
    pick: (context, k) =>
      typeof made === 'function' ? made(context, scoresOf(context, scores), k) : made.select(context, k),
  };
}

/** [numPool] */
function scoresOf({ poolRows }: QueryContext, scores: Float64Array | undefined): Float64Array {
  return Float64Array.from(poolRows, (row) => scores?.[row] as number);
}

/** Bounds look at labels that nobody has here. */
function strategyEntry(name: string): StrategyEntry {
  const known = Object.fromEntries(Object.entries(strategies).filter(([, { isBound }]) => isBound !== true));
  return lookUp('strategy', known, name);
}

function selectorEntry(name: string): SelectorEntry {
  const entry = Object.hasOwn(selectors, name) ? selectors[name] : undefined;
  if (entry !== undefined) return entry;
  if (Object.hasOwn(strategies, name)) refuseScores(name);
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

function refuseScores(name: string): never {
  throw new UserError(
    'no-scores-wanted',
    `With scores, the strategy must be one that picks by scores (${Object.keys(selectors).join(', ')}), and is "${name}", which makes its own. Leave the scores out, or choose another.`,
  );
}

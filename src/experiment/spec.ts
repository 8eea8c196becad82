/** An experiment's spec: read from YAML or JSON, checked with line and column, its axes made into lists. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { isTablePath } from '../datasets/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { ScoringConfig } from '../store/record.ts';
import type { CheckRules } from './checkRules.ts';
import type { ComponentChoice } from './specAxes.ts';
import { checkRules, strategyLabels } from './specCheck.ts';
import type { DatasetChoice } from './specDataset.ts';
import type { ModelChoice } from './specModel.ts';
import { applyOverrides, type SpecOverride } from './specOverrides.ts';
import { type SpecProblem, toProblems, wordIssue } from './specProblems.ts';
import { namePattern, nameProblem, specSchema } from './specSchema.ts';
import { invalidSpec, locate, parseSource, problemLine, type SpecSource } from './specSource.ts';
import type { PartChoice, StrategyChoice } from './specStrategy.ts';
import type { TrainingPatch } from './specTraining.ts';
import type { SpecVocabulary } from './specVocabulary.ts';

/** Queries, labels in the end, or what the labels may cost in the end. */
export type LengthChoice =
  | { readonly rounds: number }
  | { readonly budget: number | 'all' }
  | { readonly cost: number };

/** A spec that has been checked by itself; whether it fits its data is for the plan to find out. */
export interface ExperimentSpec {
  readonly name: string;
  readonly description: string;
  readonly dataset: readonly DatasetChoice[];
  readonly model: readonly ModelChoice[];
  /** Who chooses; left out, each model for itself. */
  readonly queryModel?: readonly ModelChoice[];
  readonly strategy: readonly StrategyChoice[];
  readonly oracle: readonly ComponentChoice[];
  readonly initialPoolSize: readonly number[];
  readonly queryBatchSize: readonly number[];
  /** How long a trial goes on. */
  readonly length: LengthChoice;
  /** Absent: strategies see the whole pool. */
  readonly scoring?: ScoringConfig;
  readonly seed: readonly number[];
  /** Test accuracies whose label counts are reported. */
  readonly target: readonly number[];
  /** Laid over the training of every model's preset. */
  readonly training: TrainingPatch;
  readonly engine: string;
  /** One of the engine's devices. */
  readonly device: string;
  /** How its results are judged; no part of what decides them. Absent: by `defaultCheckRules`. */
  readonly check?: CheckRules;
}

/** Reads and parses a file. Throws `UserError`: `unreadable-file`, and what `parseSpec` throws. */
export async function readSpec(
  path: string,
  vocabulary: SpecVocabulary,
  overrides: readonly SpecOverride[] = [],
): Promise<ExperimentSpec> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UserError(
      'unreadable-file',
      `The spec ${path} must be a file that can be read, and is not: ${error.message}. Correct the path.`,
      { cause: error },
    );
  });
  return parseSpec(text, path, vocabulary, overrides);
}

/**
 * Parses and checks a spec, `overrides` (see `applyOverrides`) applied. `fileName` is what problems are
 * located in, the default of the name, and what paths are relative to. Throws
 * `UserError("invalid-spec")`, whose message has one line for each problem.
 */
export function parseSpec(
  text: string,
  fileName: string,
  vocabulary: SpecVocabulary,
  overrides: readonly SpecOverride[] = [],
): ExperimentSpec {
  const source = parseSource(text, fileName);
  applyOverrides(source, overrides);
  const data = toPlainData(source);
  const result = specSchema(vocabulary).safeParse(data, { error: wordIssue });
  const problems: SpecProblem[] = result.success ? [] : [...toProblems(result.error.issues)];
  const fileStem = basename(fileName, extname(fileName));
  if (isUnnamed(data) && !namePattern.test(fileStem)) {
    const message = `${nameProblem(fileStem)}, the name of the file; add a "name"`;
    problems.push({ path: ['name'], atKey: false, message });
  }
  if (!result.success || problems.length > 0) throw invalidSpec(inOrder(source, problems));
  const {
    $schema,
    name = fileStem,
    rounds,
    budget = 'all',
    dataset,
    strategy,
    device,
    check,
    ...spec
  } = result.data;
  return {
    name,
    ...spec,
    dataset: dataset.map((choice) => withPaths(choice, dirname(fileName))),
    strategy: strategy.map((choice) => withModulePath(choice, dirname(fileName))),
    device: device ?? (vocabulary.engines[spec.engine]?.[0] as string),
    length: rounds !== undefined ? { rounds } : typeof budget === 'object' ? budget : { budget },
    ...(check && { check: checkRules(check, strategyLabels(strategy, spec.queryModel) ?? []) }),
  };
}

function isUnnamed(data: unknown): boolean {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && !('name' in data);
}

/** Aliases that multiply beyond reason are refused by the parser. */
function toPlainData({ document, fileName }: SpecSource): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw invalidSpec([`${fileName}: ${error.message}; write out what the aliases stand for`]);
  }
}

/** One line for each problem, in the order of the file; those of overrides come last. */
function inOrder(source: SpecSource, problems: readonly SpecProblem[]): readonly string[] {
  return problems
    .map(({ path, atKey, message }) => {
      const location = locate(source, path, atKey);
      return { offset: location.offset, line: problemLine(location, path, message) };
    })
    .sort((a, b) => (a.offset === b.offset ? 0 : a.offset - b.offset))
    .map(({ line }) => line);
}

/** Paths in a spec are relative to its file. */
function withPaths(choice: DatasetChoice, folder: string): DatasetChoice {
  const resolve = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  const { path, labels, test, split } = choice;
  const labelPath = (text: string): string => (isTablePath(text) ? resolve(text) : text);
  return {
    ...choice,
    ...(path !== undefined && { path: resolve(path) }),
    ...(labels !== undefined && { labels: labelPath(labels) }),
    ...(typeof test === 'string' && { test: resolve(test) }),
    ...(typeof test === 'object' && {
      test: {
        path: resolve(test.path),
        ...(test.labels !== undefined && { labels: labelPath(test.labels) }),
      },
    }),
    ...(split?.masks !== undefined && { split: { ...split, masks: resolve(split.masks) } }),
  };
}

function withModulePath<Choice extends StrategyChoice>(choice: Choice, folder: string): Choice {
  if (choice.kind === 'mixture') {
    return { ...choice, parts: choice.parts.map((part: PartChoice) => withModulePath(part, folder)) };
  }
  if (choice.kind !== 'module' || isAbsolute(choice.path)) return choice;
  return { ...choice, path: join(folder, choice.path) };
}

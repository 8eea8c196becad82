/** What is wrong with a spec, in words: one "rule; met value; remedy" for each of the validator's issues. */
import type { z } from 'zod';
import { nearest } from '../foundation/nearest.ts';

/** One wrong thing. `atKey`: the key at the end of `path` is to blame, not its value. */
export interface SpecProblem {
  readonly path: readonly PropertyKey[];
  readonly atKey: boolean;
  readonly message: string;
}

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];
type Issue = z.core.$ZodIssue;

const separator = '\n';

/** Words an issue where the schema has no words of its own: to be given to zod as `error`. */
export function wordIssue(issue: RawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.inst);
    return issue.keys.map((key) => keyProblem(key, known, 'is unknown')).join(separator);
  }
  if (issue.input === undefined && issue.code.startsWith('invalid_')) return 'is required';
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const name = (issue.input as Record<string, unknown>)[issue.discriminator];
    const names = Array.isArray(issue.options) ? issue.options : [];
    return name === undefined
      ? 'is required'
      : `must be ${oneOf(names)}; met ${show(name)}${guessFor(name, names) ?? ''}`;
  }
  if (issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int')
    return 'must not be empty';
  const guess = guessFor(issue.input, acceptedValues(issue));
  if (guess !== undefined) return `must be ${oneOf(acceptedValues(issue))}; met ${show(issue.input)}${guess}`;
  const expected = [...new Set(expectations(issue))].join(' or ');
  return expected === '' ? undefined : `must be ${expected}; met ${show(issue.input)}`;
}

/**
 * The problems behind `issues`; of a union's branches only the one is told of that the value was meant for.
 */
export function toProblems(
  issues: readonly Issue[],
  path: readonly PropertyKey[] = [],
): readonly SpecProblem[] {
  const unknownKeysAt = new Set(issues.filter(({ code }) => code === 'unrecognized_keys').map(pathText));
  return issues.flatMap((issue): readonly SpecProblem[] => {
    const here = [...path, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split(separator);
      return issue.keys.map((key, i) => ({ path: [...here, key], atKey: true, message: messages[i] ?? '' }));
    }
    if (issue.code === 'custom') {
      const atKey = issue.params?.atKey === true;
      // An object whose only key is misspelt is not also empty.
      return !atKey && unknownKeysAt.has(pathText(issue))
        ? []
        : [{ path: here, atKey, message: issue.message }];
    }
    const meant =
      issue.code === 'invalid_union' ? issue.errors.find((branch) => !branch.some(isMismatch)) : undefined;
    return meant === undefined
      ? [{ path: here, atKey: false, message: issue.message }]
      : toProblems(meant, here);
  });
}

/** "is unknown; did you mean …" for a key, with what is known of it as `rule`. */
export function keyProblem(key: string, known: readonly string[], rule: string): string {
  const guess = nearest(key, known);
  return guess === undefined || guess === key
    ? `${rule}; known here: ${known.join(', ')}`
    : `${rule}; did you mean "${guess}"?`;
}

/** A value as the user would write it, cut to a glance. */
export function show(value: unknown): string {
  if (value === null) return 'nothing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function pathText(issue: Issue): string {
  return JSON.stringify(issue.path.map(String));
}

/**
 * Whether `issue` says that its branch of a union was never meant: the value is of another kind altogether.
 */
function isMismatch(issue: Issue): boolean {
  if (issue.code === 'custom') return issue.params?.notMeant === true;
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return issue.expected !== 'int';
  if (issue.code === 'invalid_union')
    return issue.errors.length > 0 && issue.errors.every((b) => b.some(isMismatch));
  return issue.code === 'invalid_value';
}

function knownKeys(schema: unknown): readonly string[] {
  const { shape } = (schema as { _zod: { def: { shape?: object } } })._zod.def;
  return Object.keys(shape ?? {});
}

/** What would be right in place of the value, as nouns; empty where the validator's own sentence must do. */
function expectations(issue: RawIssue | Issue): readonly string[] {
  switch (issue.code) {
    case 'invalid_type':
      return [nouns[issue.expected] ?? issue.expected];
    case 'invalid_value':
      return [oneOf(issue.values)];
    case 'invalid_union':
      return issue.errors.flatMap((branch) => branch.filter(isMismatch).flatMap(expectations));
    case 'too_small':
      return [`${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`];
    case 'too_big':
      if (issue.origin !== 'number' && issue.origin !== 'int')
        return [`at most ${issue.maximum} characters long`];
      return [`${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`];
    default:
      return [];
  }
}

const nouns: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
};

/** The names that a text might be a misspelling of. */
function acceptedValues(issue: RawIssue | Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  return issue.code === 'invalid_union'
    ? issue.errors.flatMap((branch) => branch.flatMap(acceptedValues))
    : [];
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? show(values[0]) : `one of ${values.join(', ')}`;
}

function guessFor(met: unknown, values: readonly unknown[]): string | undefined {
  const guess = typeof met === 'string' ? nearest(met, values.map(String)) : undefined;
  return guess === undefined ? undefined : `; did you mean "${guess}"?`;
}

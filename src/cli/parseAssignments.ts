/** `--set name=value`: options of a strategy, their values as YAML. */
import { parse } from 'yaml';
import { UserError } from '../foundation/userError.ts';

/** Throws `UserError("bad-option")`. */
export function parseAssignments(assignments: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(assignment) ?? [];
      if (name === '' || value.trim() === '') {
        throw new UserError(
          'bad-option',
          `--set must be name=value, and is "${assignment}". Write it as in --set beta=4.`,
        );
      }
      try {
        return [name, parse(value) as unknown];
      } catch (error) {
        throw new UserError(
          'bad-option',
          `--set ${assignment}: the value is not YAML (${(error as Error).message}).`,
        );
      }
    }),
  );
}

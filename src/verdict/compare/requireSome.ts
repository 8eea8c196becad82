/** Metrics that may have no value. */
import { UserError } from '../../foundation/userError.ts';

/** `value`, if there is one at all. Throws `UserError("no-value")`. */
export function requireSome(value: number, what: string): number {
  if (!Number.isNaN(value)) return value;
  throw new UserError(
    'no-value',
    `There must be a ${what}, and there is none. Choose another class or metric.`,
  );
}

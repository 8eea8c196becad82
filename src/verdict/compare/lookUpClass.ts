/** A class by its name, or by its index where no name is that number. */
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';

/** Throws `UserError("unknown-class")`. */
export function lookUpClass(wanted: string, classNames: readonly string[]): number {
  const named = classNames.indexOf(wanted);
  if (named >= 0) return named;
  if (/^\d+$/.test(wanted) && Number(wanted) < classNames.length) return Number(wanted);
  throw new UserError('unknown-class', unknownName('class of --sub-metric', wanted, classNames));
}

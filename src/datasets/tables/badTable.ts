/** What is said of a file that does not hold what it should: the place, the rule, the value met, the remedy. */
import { UserError } from '../../foundation/userError.ts';

/** Where a value stands in its file, e.g. `line 5, column "x"`. */
export type Place = string;

/** A value that is no finite number. Throws `UserError("bad-value")`. */
export function refuseValue(path: string, place: Place, met: unknown): never {
  const shown = typeof met === 'string' ? (met === '' ? 'missing' : JSON.stringify(cut(met))) : String(met);
  const is = met === null || met === undefined || met === '' ? 'is missing' : `is ${shown}`;
  throw new UserError(
    'bad-value',
    `${path}, ${place}: a value must be a finite number, and ${is}. Correct it, or leave the row or the column out.`,
  );
}

/** A finite number that single precision cannot hold. Throws `UserError("bad-value")`. */
export function refuseSize(path: string, place: Place, met: number): never {
  throw new UserError(
    'bad-value',
    `${path}, ${place}: a value must fit single precision (below 3.4e38), and is ${met}. Scale the data, or leave it out.`,
  );
}

/** Throws `UserError("empty-file")`. */
export function refuseEmpty(path: string): never {
  throw new UserError('empty-file', `${path} must have at least one row of data, and has none. Fill it.`);
}

/** Where a value of an array without names stands. */
export function arrayPlace(position: number, shape: readonly number[]): Place {
  if (shape.length === 1) return `row ${position} (counted from 0)`;
  const rowSize = shape.slice(1).reduce((product, size) => product * size, 1);
  return `row ${Math.floor(position / rowSize)}, column ${position % rowSize} (counted from 0)`;
}

function cut(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}

/** A count that was typed. */
import { UserError } from '../foundation/userError.ts';

/** `--option text` as a count; `otherwise` says what leaving it out stands for. Throws `UserError("bad-option")`. */
export function parseCount(option: string, text: string | undefined, otherwise: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UserError(
    'bad-option',
    `--${option} must be a whole number of at least 1, and is "${text}". Leave it out for ${otherwise}.`,
  );
}

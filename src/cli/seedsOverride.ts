/** `--seeds` in the spec's own words. */
import { UserError } from '../foundation/userError.ts';

/** The `--set` assignment that a count (10), a range (0-9) or a list (0,3,7) stands for. Throws `UserError("bad-option")`. */
export function seedsOverride(text: string): string {
  if (/^[1-9]\d*$/.test(text)) return `seed=0-${Number(text) - 1}`;
  if (/^\d+-\d+$/.test(text)) return `seed=${text}`;
  if (/^\d+(,\d+)+$/.test(text)) return `seed=[${text}]`;
  throw new UserError(
    'bad-option',
    `--seeds must be a count (10), a range (0-9) or a list (0,3,7), and is "${text}". Use one of these forms.`,
  );
}

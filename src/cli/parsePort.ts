/** A port that was typed. */
import { UserError } from '../foundation/userError.ts';

/** `--port` as typed. Throws `UserError("bad-option")`. */
export function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new UserError(
    'bad-option',
    `--port must be a whole number from 1 to 65535, and is "${text}". Leave it out for one that is free.`,
  );
}

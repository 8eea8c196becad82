/** The package's version, as package.json has it: two folders up from here, in `src` as in `dist`. */
import { createRequire } from 'node:module';

export const { version } = createRequire(import.meta.url)('../../package.json') as {
  readonly version: string;
};

/** `querybench compare` in this process: dozens of others would take a minute. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { buildParser } from '../../src/cli/parser.ts';
import { UserError } from '../../src/foundation/userError.ts';
import { filesIn } from './querybench.ts';

const validate = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('experiments/compare.schema.json', 'utf8')),
);

/** Names of files and of directories are those in `cwd`. */
async function compareHere(words: readonly string[], cwd: string): Promise<void> {
  const isPath = (word: string): boolean => /^(out|other|nowhere)$|\.(onnx|json|csv|npy|svg|gif)$/.test(word);
  const whole = words.map((word) => (isPath(word) ? resolve(cwd, word) : word));
  await buildParser(['compare', ...whole]).parseAsync();
}

/** The answer as JSON, which keeps to its schema. */
export async function comparedJson(words: readonly string[], cwd: string) {
  await compareHere([...words, '--format', 'json', '--out', 'answer.json'], cwd);
  const document = JSON.parse(readFileSync(join(cwd, 'answer.json'), 'utf8'));
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  return document;
}

/** As `refuse`: a `UserError` that says all of `says`, and the folder as it was. */
export async function refuseToCompare(
  words: readonly string[],
  says: readonly (string | RegExp)[],
  cwd: string,
): Promise<void> {
  const before = filesIn(cwd);
  const error = await compareHere(words, cwd).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  const message = (error as UserError).message.replaceAll(`${cwd}/`, '');
  for (const each of says) expect(message).toMatch(each);
  expect(filesIn(cwd)).toEqual(before);
}

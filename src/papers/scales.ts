/** Which reproductions there are, and what a smaller scale changes in a spec. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';

/** The spec as it stands. */
export const FULL_SCALE = 'full';

/** The one whose results get a baseline, because all of it can be run again before a release. */
export const GUARDED_SCALE = 'ci';

/** Names of the specs in `folder`, sorted. */
export function reproductionNames(folder: string): readonly string[] {
  return yamlNames(folder);
}

/** `full` and the files of `folder`/scales. */
export function scaleNames(folder: string): readonly string[] {
  return [FULL_SCALE, ...yamlNames(join(folder, 'scales'))];
}

/**
 * What `loadPlan` is to change in the spec of `name`: assignments `path=value`; none at full scale. Throws
 * `UserError`: `unknown-name` for a reproduction or a scale, `no-such-scale` where the reproduction lacks it.
 */
export async function scaleOverrides(
  folder: string,
  name: string,
  scale: string,
): Promise<readonly string[]> {
  requireKnown('reproduction', name, reproductionNames(folder));
  requireKnown('scale', scale, scaleNames(folder));
  if (scale === FULL_SCALE) return [];
  const path = join(folder, 'scales', `${scale}.yaml`);
  const changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = parse(
    await readFile(path, 'utf8'),
  );
  const own = changes[name];
  if (own === undefined) {
    throw new UserError(
      'no-such-scale',
      `The scale "${scale}" must say what it changes in ${name}, and ${path} does not. Add it there, or choose another scale.`,
    );
  }
  return Object.entries(own).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}

function yamlNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

function requireKnown(kind: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new UserError('unknown-name', unknownName(kind, name, known));
}

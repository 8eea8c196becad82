/** A folder in which the sweep runs as it did at a revision: today's spec, everything else as it was. */
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { makeDirectory } from '../../foundation/makeDirectory.ts';
import { git } from './git.ts';
import type { Subject } from './subject.ts';

/** Puts today's spec in its place in `folder`, the revision's files, and returns what to call it there. */
export async function placeSpec(
  folder: string,
  {
    spec,
    subject,
    plan,
  }: { readonly spec: string; readonly subject: Subject; readonly plan: ExperimentPlan },
): Promise<string> {
  const { specPath, repository } = subject;
  if (specPath === undefined) return resolve(spec);
  const placed = join(folder, specPath);
  makeDirectory(dirname(placed));
  writeFileSync(placed, await readFile(spec));
  for (const path of filesOf(plan)) await linkUntracked(path, { folder, repository });
  const packages = join(repository, 'node_modules');
  if (existsSync(packages) && !existsSync(join(folder, 'node_modules'))) {
    symlinkSync(packages, join(folder, 'node_modules'), 'junction');
  }
  return placed;
}

/**
 * Data are often too large for a repository. A file that is in no revision is the same at all of them; one that was added
 * since stays away, and the run says that it misses it.
 */
async function linkUntracked(
  path: string,
  { folder, repository }: { readonly folder: string; readonly repository: string },
): Promise<void> {
  const below = relative(repository, resolve(path));
  const place = join(folder, below);
  if (below.startsWith('..') || existsSync(place) || !existsSync(path)) return;
  const { code } = await git(repository, ['ls-files', '--error-unmatch', '--', below]);
  if (code === 0) return;
  makeDirectory(dirname(place));
  symlinkSync(resolve(path), place);
}

/** Every file of data that the spec names: whatever is called `path` in what it stands for. */
function filesOf({ spec: { dataset } }: ExperimentPlan): ReadonlySet<string> {
  const paths = new Set<string>();
  JSON.stringify(dataset, (key, value: unknown) => {
    if (key === 'path' && typeof value === 'string') paths.add(value);
    return value;
  });
  return paths;
}

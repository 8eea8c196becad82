/**
 * What lies in a folder of results. Pages name runs by what was found here, and nothing that a request says ever becomes a path;
 * links are not followed, so that nothing outside the folder is found.
 */
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface FoundRun {
  /** Path below the folder, with slashes; the folder's own name where it is itself a results directory. */
  readonly id: string;
  readonly directory: string;
  readonly hasRecords: boolean;
  readonly hasReport: boolean;
}

/** Folders within folders, at most: somebody may have named a home directory. */
const MOST_LEVELS = 3;
const MOST_FOLDERS = 5000;

/** In order of their names. A results directory holds no other. */
export function findRuns(root: string): readonly FoundRun[] {
  const own = lookAt(root, basename(root) || 'results');
  if (own?.hasRecords) return [own];
  const found: FoundRun[] = [];
  let level: { readonly id: string; readonly directory: string }[] = [{ id: '', directory: root }];
  let numFolders = 0;
  for (let depth = 0; depth < MOST_LEVELS; depth++) {
    const next: typeof level = [];
    for (const { id, directory } of level) {
      for (const entry of foldersIn(directory)) {
        if (numFolders++ > MOST_FOLDERS) break;
        const child = { id: id === '' ? entry : `${id}/${entry}`, directory: join(directory, entry) };
        const run = lookAt(child.directory, child.id);
        if (run !== undefined) found.push(run);
        if (run === undefined) next.push(child);
      }
    }
    level = next;
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Undefined where neither records nor a report are. */
export function lookAt(directory: string, id: string): FoundRun | undefined {
  const isThere = (name: string, kind: 'isFile' | 'isDirectory') =>
    lstatSync(join(directory, name), { throwIfNoEntry: false })?.[kind]() ?? false;
  try {
    const hasReport = isThere('report.html', 'isFile');
    const hasRecords = isThere('experiment.json', 'isFile') && !isLink(join(directory, 'trials'));
    return hasRecords || hasReport ? { id, directory, hasRecords, hasReport } : undefined;
  } catch {
    // Not ours to read.
    return undefined;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function foldersIn(directory: string): readonly string[] {
  const isOpen = (entry: Dirent) =>
    entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter(isOpen).map(({ name }) => name);
  } catch {
    return [];
  }
}

/**
 * Where a data set's files are on this machine. Each file is looked for on its own, in this order: the folder
 * QUERYBENCH_DATA, the cache, then what an installed package, the system or querybench itself provides.
 */
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import envPaths from 'env-paths';
import { UserError } from '../foundation/userError.ts';
import { type CatalogueEntry, catalogue, catalogueEntry, type DataFile, type Provider } from './catalogue.ts';
import { checkDataFile } from './checkDataFile.ts';

export type Origin = 'environment' | 'cache' | Provider['origin'];

export type FileLocation =
  | { readonly status: 'found'; readonly file: DataFile; readonly origin: Origin; readonly path: string }
  | { readonly status: 'missing'; readonly file: DataFile };

interface Place {
  readonly origin: Origin;
  readonly folder: string;
}

/** QUERYBENCH_CACHE, or else the platform's folder for caches. Downloads go to its subfolder `<dataset>`. */
export function cacheDirectory(): string {
  return process.env.QUERYBENCH_CACHE || envPaths('querybench', { suffix: '' }).cache;
}

export interface LocateOptions {
  /** In place of QUERYBENCH_CACHE or the platform's folder for caches. */
  readonly cacheDirectory?: string;
}

/**
 * Where each file of a data set is, in the catalogue's order. Nothing is checked but that the files exist.
 * Throws `UserError` "unknown-name", "missing-data-folder" (QUERYBENCH_DATA names none) and "unreadable-file".
 */
export async function locateDataset(name: string, options?: LocateOptions): Promise<readonly FileLocation[]> {
  return locateFiles(catalogueEntry(name), options);
}

/** `locateDataset` for an entry at hand. */
export async function locateFiles(
  entry: CatalogueEntry,
  options: LocateOptions = {},
): Promise<readonly FileLocation[]> {
  const cacheFolder = path.join(options.cacheDirectory ?? cacheDirectory(), entry.info.name);
  const places: readonly Place[] = [
    ...(await environmentPlaces(entry)),
    { origin: 'cache', folder: cacheFolder },
    ...providerPlaces(entry.provider),
  ];
  return Promise.all(entry.files.map((file) => locateFile(file, places)));
}

async function locateFile(file: DataFile, places: readonly Place[]): Promise<FileLocation> {
  for (const { origin, folder } of places) {
    const found = await fileIn(folder, file);
    if (found !== undefined) return { status: 'found', file, origin, path: found };
  }
  return { status: 'missing', file };
}

async function fileIn(folder: string, file: DataFile): Promise<string | undefined> {
  for (const suffix of ['', '.gz']) {
    const candidate = path.join(folder, file.name + suffix);
    if ((await kindOf(candidate)) === 'file') return candidate;
  }
  return undefined;
}

async function environmentPlaces(entry: CatalogueEntry): Promise<readonly Place[]> {
  const folder = process.env.QUERYBENCH_DATA;
  if (!folder) return [];
  if ((await kindOf(folder)) !== 'directory') {
    throw new UserError(
      'missing-data-folder',
      `QUERYBENCH_DATA must name a folder, and ${folder} is none. Correct it, or unset it.`,
    );
  }
  const folders = entry.folders.map((name) => path.join(folder, name));
  if (!(await holdsAnother(entry, folder))) folders.push(folder);
  return folders.map((name) => ({ origin: 'environment', folder: name }));
}

/** MNIST's and Fashion-MNIST's files have the same names: a folder is another's if an intact labels file says so. */
async function holdsAnother(entry: CatalogueEntry, folder: string): Promise<boolean> {
  const others = Object.values(catalogue).filter((other) => other !== entry);
  for (const file of entry.files.filter(isLabels)) {
    const found = await fileIn(folder, file);
    if (found === undefined) continue;
    const stored = await readFile(found).catch(() => undefined);
    if (stored === undefined) continue; // Reading it as this data set's own will say why.
    const isOf = async (candidate: DataFile) => (await checkDataFile(stored, candidate)).status === 'intact';
    if (await isOf(file)) return false;
    for (const other of others.flatMap((each) => each.files.filter(isLabels))) {
      if (other.name === file.name && (await isOf(other))) return true;
    }
  }
  return false;
}

function isLabels(file: DataFile): boolean {
  return file.name.includes('labels');
}

function providerPlaces(provider: Provider): readonly Place[] {
  if (provider.origin !== 'package') return [{ origin: provider.origin, folder: provider.folder }];
  // Beside querybench, or in the project that the user stands in.
  const bases = [import.meta.url, path.join(process.cwd(), 'package.json')];
  return bases.flatMap((base) => {
    const root = packageFolder(base, provider.packageName);
    return root === undefined ? [] : [{ origin: 'package', folder: path.join(root, provider.subfolder) }];
  });
}

function packageFolder(base: string, packageName: string): string | undefined {
  try {
    return path.dirname(createRequire(base).resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

async function kindOf(candidate: string): Promise<'file' | 'directory' | 'other' | 'none'> {
  try {
    const found = await stat(candidate);
    return found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'none';
    throw new UserError(
      'unreadable-file',
      `Data files must be readable, and ${candidate} is not: ${message}. Mend its permissions.`,
    );
  }
}

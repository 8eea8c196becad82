/** Downloads what is missing of a data set into the cache: several mirrors, resuming, checked, written aside. */
import path from 'node:path';
import pLimit from 'p-limit';
import { UserError } from '../foundation/userError.ts';
import { type CatalogueEntry, catalogueEntry } from './catalogue.ts';
import { type FetchProgress, fetchFile, type MirrorFailure } from './fetchFile.ts';
import { readDataFile } from './loadDataset.ts';
import { cacheDirectory as defaultCacheDirectory, type FileLocation, locateFiles } from './locateDataset.ts';
import { waysToGet } from './waysToGet.ts';

export interface FetchOptions {
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Base addresses in place of the catalogue's. */
  readonly mirrors?: readonly string[];
  /** In place of QUERYBENCH_CACHE or the platform's folder for caches. */
  readonly cacheDirectory?: string;
  /** Give up on a connection when no byte has come for this long. */
  readonly stallMilliseconds?: number;
}

const FILES_AT_ONCE = 4;
const DEFAULT_STALL_MILLISECONDS = 30_000;

/**
 * Fetches what is missing, and what is damaged in the cache. QUERYBENCH_MIRROR, an address that has a folder per
 * data set, is asked before all mirrors. Returns where each file is afterwards. Throws what `locateDataset` throws,
 * "download-failed" with each mirror's reason, and "unwritable-cache".
 */
export async function fetchDataset(
  name: string,
  options: FetchOptions = {},
): Promise<readonly FileLocation[]> {
  return fetchFiles(catalogueEntry(name), options);
}

/** `fetchDataset` for an entry at hand. */
export async function fetchFiles(
  entry: CatalogueEntry,
  options: FetchOptions,
): Promise<readonly FileLocation[]> {
  const cacheDirectory = options.cacheDirectory ?? defaultCacheDirectory();
  const locations = await locateFiles(entry, { cacheDirectory });
  const wanted: FileLocation[] = [];
  for (const location of locations) {
    if (await mustBeFetched(entry, location)) wanted.push(location);
  }
  if (wanted.length === 0) return locations;
  const limit = pLimit(FILES_AT_ONCE);
  const outcomes = await Promise.all(
    wanted.map(({ file }) =>
      limit(() =>
        fetchFile({
          file,
          mirrors: mirrorsOf(entry, options.mirrors),
          folder: path.join(cacheDirectory, entry.info.name),
          stallMilliseconds: options.stallMilliseconds ?? DEFAULT_STALL_MILLISECONDS,
          onProgress: options.onProgress ?? (() => {}),
        }),
      ),
    ),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? outcome.failures : []));
  if (outcomes.some((outcome) => outcome.status === 'failed')) {
    throw new UserError('download-failed', explain(entry, failures));
  }
  return locateFiles(entry, { cacheDirectory });
}

async function mustBeFetched(entry: CatalogueEntry, location: FileLocation): Promise<boolean> {
  if (location.status === 'missing') return true;
  if (location.origin !== 'cache') return false;
  try {
    await readDataFile(entry, location);
    return false;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

function mirrorsOf(entry: CatalogueEntry, mirrors = entry.mirrors): readonly string[] {
  const own = process.env.QUERYBENCH_MIRROR;
  const all = own ? [`${own.replace(/\/+$/, '')}/${entry.info.name}/`, ...mirrors] : mirrors;
  return all.map((mirror) => (mirror.endsWith('/') ? mirror : `${mirror}/`));
}

function explain(entry: CatalogueEntry, failures: readonly MirrorFailure[]): string {
  const reasons = new Map<string, Set<string>>();
  for (const { mirror, reason } of failures) {
    reasons.set(mirror, (reasons.get(mirror) ?? new Set()).add(reason));
  }
  const lines = [...reasons].map(([mirror, each]) => `\n  ${mirror}: ${[...each].join('; ')}`);
  const what = `The data set "${entry.info.name}" could not be downloaded`;
  return `${what}${lines.length > 0 ? `:${lines.join('')}\n` : '. '}${waysToGet(entry, 'download')}`;
}

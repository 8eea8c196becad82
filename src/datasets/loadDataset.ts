/** Reads a data set into memory. Never downloads: what is missing is said, with every way to get it. */
import { readFile } from 'node:fs/promises';
import { UserError } from '../foundation/userError.ts';
import { type CatalogueEntry, catalogueEntry } from './catalogue.ts';
import { checkDataFile } from './checkDataFile.ts';
import type { Dataset, DatasetInfo } from './dataset.ts';
import { type FileLocation, locateFiles } from './locateDataset.ts';
import { parseDigitsCsv } from './parseDigitsCsv.ts';
import { parseIdx } from './parseIdx.ts';
import { remedyFor, waysToGet } from './waysToGet.ts';

/**
 * Loads a data set; every byte is checked against the catalogue first. Throws `UserError` "unknown-name",
 * "missing-data", "unreadable-file", "truncated-file", "oversized-file", "corrupt-archive" or "wrong-checksum".
 */
export async function loadDataset(name: string): Promise<Dataset> {
  return loadFiles(catalogueEntry(name));
}

/** `loadDataset` for an entry at hand. */
export async function loadFiles(entry: CatalogueEntry): Promise<Dataset> {
  const locations = await locateFiles(entry);
  const missing = locations.filter((location) => location.status === 'missing');
  if (missing.length > 0) {
    const names = missing.map((location) => location.file.name).join(', ');
    throw new UserError(
      'missing-data',
      `The data set "${entry.info.name}" is not on this machine (missing: ${names}). ${waysToGet(entry)}`,
    );
  }
  const files = await Promise.all(locations.map((location) => readDataFile(entry, location)));
  return entry.format === 'idx' ? fromIdx(entry.info, files) : fromDigitsCsv(entry.info, files);
}

/** The checked, uncompressed bytes of one file. Throws the `UserError`s of a missing, unreadable or damaged file. */
export async function readDataFile(entry: CatalogueEntry, location: FileLocation): Promise<Buffer> {
  const { file } = location;
  if (location.status === 'missing') {
    throw new UserError('missing-data', `${file.name} is not on this machine. ${waysToGet(entry)}`);
  }
  const stored = await readStored(location.path);
  const checked = await checkDataFile(stored, file);
  if (checked.status === 'intact') return checked.bytes;
  throw new UserError(
    checked.code,
    `${location.path} ${checked.problem}. ${remedyFor(entry, location.origin)}`,
  );
}

async function readStored(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError('unreadable-file', `${path} must be readable, and is not: ${reason}. Mend that.`);
  }
}

/** `files`: train images, train labels, test images, test labels. */
function fromIdx(info: DatasetInfo, files: readonly Buffer[]): Dataset {
  const numTrain = info.numTrainFileSamples;
  const numFeatures = info.sampleShape.reduce((product, size) => product * size, 1);
  const features = new Uint8Array(info.numSamples * numFeatures); // [numSamples, numFeatures]
  const labels = new Uint8Array(info.numSamples); // [numSamples]
  files.forEach((bytes, i) => {
    const firstRow = i < 2 ? 0 : numTrain;
    const numRows = i < 2 ? numTrain : info.numSamples - numTrain;
    const isImages = i % 2 === 0;
    const values = parseIdx(bytes, isImages ? [numRows, ...info.sampleShape] : [numRows]);
    if (isImages) features.set(values, firstRow * numFeatures);
    else labels.set(values, firstRow);
  });
  return { info, features, labels };
}

function fromDigitsCsv(info: DatasetInfo, files: readonly Buffer[]): Dataset {
  const numFeatures = info.sampleShape.reduce((product, size) => product * size, 1);
  const text = Buffer.concat(files).toString('latin1');
  return { info, ...parseDigitsCsv(text, info.numSamples, numFeatures) };
}

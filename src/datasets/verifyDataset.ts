/** Reads every file of a data set and says of each whether it is what it should be. */
import { UserError } from '../foundation/userError.ts';
import { catalogueEntry } from './catalogue.ts';
import { readDataFile } from './loadDataset.ts';
import { type FileLocation, locateDataset } from './locateDataset.ts';

export interface FileVerdict {
  readonly location: FileLocation;
  readonly verdict: 'intact' | 'damaged' | 'missing';
  /** Why it is damaged, and the remedy. */
  readonly problem?: string;
}

/** One verdict per file, in the catalogue's order. Throws only what `locateDataset` throws. */
export async function verifyDataset(name: string): Promise<readonly FileVerdict[]> {
  const entry = catalogueEntry(name);
  const verdicts: FileVerdict[] = [];
  for (const location of await locateDataset(name)) {
    if (location.status === 'missing') {
      verdicts.push({ location, verdict: 'missing' });
      continue;
    }
    try {
      await readDataFile(entry, location);
      verdicts.push({ location, verdict: 'intact' });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      verdicts.push({ location, verdict: 'damaged', problem: error.message });
    }
  }
  return verdicts;
}

/** Folders for tests to write in, which leave nothing behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A clone in one is a thousand files, on a disk that others use too. */
const PATIENCE_MS = 60_000;

const create = (prefix: string): string => mkdtempSync(join(tmpdir(), prefix));
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A folder for the running test. */
export function temporaryFolder(): string {
  const folder = create('querybench-');
  onTestFinished(() => remove(folder), PATIENCE_MS);
  return folder;
}

/** A folder for all tests of a file; call it at the file's top level. */
export function sharedFolder(prefix = 'querybench-'): string {
  const folder = create(prefix);
  afterAll(() => remove(folder), PATIENCE_MS);
  return folder;
}

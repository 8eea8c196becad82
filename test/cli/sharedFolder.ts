import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for all tests of a file; call it at the file's top level. */
export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'querybench-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A results directory's report.html, as text. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Undefined where there is none, or where a link stands in its place: what that points to may lie anywhere. */
export function readReport(directory: string): string | undefined {
  let file: number;
  try {
    // Windows has no such flag, and links there need rights that few have.
    file = openSync(join(directory, 'report.html'), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return undefined;
  }
  try {
    return fstatSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } finally {
    closeSync(file);
  }
}

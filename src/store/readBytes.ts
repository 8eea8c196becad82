/** Bytes of an open file into memory that is there already. */
import { readSync } from 'node:fs';

/** What lies in `file` from byte `from` on, as much as `memory` holds; less where the file ends before. A part of `memory`. */
export function readBytes(file: number, from: number, memory: Buffer): Buffer {
  let numRead = 0;
  while (numRead < memory.length) {
    const more = readSync(file, memory, numRead, memory.length - numRead, from + numRead);
    if (more === 0) break;
    numRead += more;
  }
  return memory.subarray(0, numRead);
}

/** Makes a report in a process of its own, so that nobody waits who follows the run meanwhile. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../foundation/userError.ts';

/** Throws `UserError("no-report")` with what the command said. */
export function makeReport(directory: string): Promise<void> {
  const program = fileURLToPath(new URL('main.js', import.meta.url));
  return new Promise((done, reject) => {
    const options = { maxBuffer: 64 * 2 ** 20 };
    execFile(
      process.execPath,
      [program, 'report', resolve(directory)],
      options,
      (error, _output, complaints) => {
        if (error === null) return done();
        const reason = complaints.trim().replace(/^querybench: /, '') || error.message;
        reject(new UserError('no-report', reason));
      },
    );
  });
}

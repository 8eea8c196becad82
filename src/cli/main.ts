#!/usr/bin/env node
/** The command line: parses, dispatches, and is the only place that decides the exit code. */
import { UserError } from '../foundation/userError.ts';
import { buildParser } from './parser.ts';

// Whoever reads our output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await buildParser(process.argv.slice(2)).parseAsync();
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(`querybench: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.stderr.write(
      'This is a fault of querybench, not of yours. Please report it with the lines above.\n',
    );
    process.exitCode = 1;
  }
}

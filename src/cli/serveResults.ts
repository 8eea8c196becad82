/** What `querybench serve` does: check the folder, listen, wait for Ctrl-C. */
import { type Stats, statSync } from 'node:fs';
import { UserError } from '../foundation/userError.ts';
import { findRuns } from '../server/findRuns.ts';
import { startServer } from '../server/startServer.ts';
import { makeReport } from './makeReport.ts';
import { untilStopped } from './onStopRequest.ts';
import { openBrowser } from './openBrowser.ts';
import { parsePort } from './parsePort.ts';

export interface ServeOptions {
  readonly directory: string;
  /** As typed. */
  readonly port?: string | undefined;
  readonly open: boolean;
}

/** Throws `UserError`: `no-such-directory`, `no-results`, `bad-option`, `port-taken`. */
export async function serveResults({ directory, port, open }: ServeOptions): Promise<void> {
  const wanted = parsePort(port);
  checkFolder(directory);
  const server = await startServer({ root: directory, isOwnRun: false, makeReport, port: wanted });
  process.stdout.write(`${directory} is shown at ${server.address}\nCtrl-C ends it.\n`);
  if (open) openBrowser(server.address);
  await untilStopped();
  await server.close();
}

function checkFolder(directory: string): void {
  let stats: Stats | undefined;
  try {
    stats = statSync(directory);
  } catch {
    // Told below.
  }
  if (!stats?.isDirectory()) {
    const met = stats === undefined ? 'there is none' : 'it is a file';
    throw new UserError(
      'no-such-directory',
      `What is served must be a folder of results, and ${directory} is not: ${met}. ` +
        'Name the folder that `querybench run` writes to, or run an experiment first.',
    );
  }
  if (findRuns(directory).length > 0) return;
  throw new UserError(
    'no-results',
    `What is served must hold results, and ${directory} has no experiment.json or report.html, nor has a folder in it. ` +
      'Name the folder that `querybench run` writes to, or run an experiment first.',
  );
}

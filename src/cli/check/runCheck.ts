/** What `querybench check` does: compares, shows, accepts, and says by its exit code what came of it. */
import { Interrupted } from '../../experiment/interruption.ts';
import { commandLine } from '../commandLine.ts';
import { onStopRequest } from '../onStopRequest.ts';
import { type CheckWords, parseRequest } from './checkRequest.ts';
import { checkResults } from './checkResults.ts';
import { checkSpec } from './checkSpec.ts';
import { concludeCheck } from './concludeCheck.ts';

/**
 * Exit codes: 0 nothing is worse, 1 something is, 3 undecided under --strict, 4 trials failed, 130 interrupted.
 * Throws `UserError`.
 */
export async function runCheck(words: CheckWords): Promise<void> {
  const request = parseRequest(words);
  const note = (line: string): void => {
    process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${line}\n`);
  };
  const stop = onStopRequest(() =>
    note('Stopping: rounds that are done are kept. Once more ends it by force.'),
  );
  try {
    const checked =
      request.target.kind === 'spec'
        ? await checkSpec(request, { signal: stop.signal, note })
        : await checkResults(request, note);
    process.exitCode = await concludeCheck(checked, request);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    note(`Interrupted before there was a verdict. Continue with:\n  ${commandLine(process.argv.slice(2))}`);
    process.exitCode = 130;
  } finally {
    stop.dispose();
  }
}

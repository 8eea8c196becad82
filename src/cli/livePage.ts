/** The page of `run --open`: it follows the run of this very process, may stop it, and outlives it until Ctrl-C. */
import { startServer } from '../server/startServer.ts';
import { makeReport } from './makeReport.ts';
import { untilStopped } from './onStopRequest.ts';
import { openBrowser } from './openBrowser.ts';

export interface LivePage {
  /** Somebody has asked on the page that the run stop. */
  readonly hasStopped: boolean;
  /** Says that the page stays, and resolves at Ctrl-C. */
  stay(): Promise<void>;
  close(): Promise<void>;
}

export interface LivePageOptions {
  readonly port: number | undefined;
  /** Asks the run to stop. */
  readonly stop: () => void;
  /** Prints a line. */
  readonly note: (line: string) => void;
}

/** Throws `UserError("port-taken")`. */
export async function openLivePage(
  directory: string,
  { port, stop, note }: LivePageOptions,
): Promise<LivePage> {
  let hasStopped = false;
  const server = await startServer({
    ...{ root: directory, isOwnRun: true, makeReport, port },
    stop() {
      hasStopped = true;
      stop();
    },
  });
  note(`The run is shown at ${server.address}`);
  openBrowser(server.address);
  return {
    get hasStopped() {
      return hasStopped;
    },
    stay() {
      note('Its page stays until Ctrl-C.');
      return untilStopped();
    },
    close: server.close,
  };
}

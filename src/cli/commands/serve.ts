/** `querybench serve [directory]`: pages on 127.0.0.1 that show sweeps as they go, and their reports. */
import type { CommandModule } from 'yargs';

interface ServeArguments {
  readonly directory: string;
  readonly port?: string | undefined;
  readonly open: boolean;
}

export const serveCommand: CommandModule<object, ServeArguments> = {
  command: 'serve [directory]',
  describe: 'Pages on this machine that follow sweeps as they go, and show their reports',
  builder: (yargs) =>
    yargs
      .positional('directory', {
        type: 'string',
        default: 'results',
        describe: 'A folder of results directories, or one of them',
      })
      .option('port', {
        type: 'string',
        requiresArg: true,
        describe: 'Where to listen [4280, or one that is free]',
      })
      .option('open', { type: 'boolean', default: false, describe: 'Show the page in a browser' })
      .example('$0 serve results --open', ''),
  handler: async (args) => {
    const { serveResults } = await import('../serveResults.ts');
    await serveResults(args);
  },
};

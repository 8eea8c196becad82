/** `querybench report <dir>`: charts, tables and a page from an experiment's records. */
import type { CommandModule } from 'yargs';

interface ReportArguments {
  readonly directory: string;
  readonly out?: string | undefined;
  readonly target: readonly number[];
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <directory>',
  describe: 'Learning curves, a summary table and report.html from results',
  builder: (yargs) =>
    yargs
      .positional('directory', { type: 'string', demandOption: true, describe: 'What `run` has written' })
      .option('out', { type: 'string', requiresArg: true, describe: 'Where to write [the directory itself]' })
      .option('target', {
        type: 'number',
        array: true,
        default: [],
        describe: 'Test accuracies whose label counts to report [the spec’s; else random’s final accuracy]',
      }),
  handler: async ({ directory, out, target }) => {
    const { showReport } = await import('../showReport.ts');
    await showReport(directory, { ...(out !== undefined && { outDirectory: out }), targets: target });
  },
};

/** `querybench export <dir>`: the records as CSV, for other people's tools. */
import type { CommandModule } from 'yargs';

interface ExportArguments {
  readonly directory: string;
  readonly format: string;
  readonly out?: string | undefined;
}

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <directory>',
  describe: 'Write the records as CSV: one row per round, or per queried sample',
  builder: (yargs) =>
    yargs
      .positional('directory', { type: 'string', demandOption: true, describe: 'What `run` has written' })
      .option('format', {
        type: 'string',
        default: 'csv',
        describe: 'csv: a row per round; selections: a row per queried sample',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'A file [standard output]' }),
  handler: async ({ directory, format, out }) => {
    const { lookUp } = await import('../../foundation/nearest.ts');
    const { readStore } = await import('../../store/readStore.ts');
    const { renderCsv, renderSelectionsCsv } = await import('../../render/index.ts');
    const { writeOutput } = await import('../writeOutput.ts');
    const renderers: Readonly<Record<string, typeof renderCsv>> = {
      csv: renderCsv,
      selections: renderSelectionsCsv,
    };
    const render = lookUp('format', renderers, format);
    const { trials, warnings } = readStore(directory);
    for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
    writeOutput(render(trials), out);
  },
};

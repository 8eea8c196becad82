/** `querybench report <dir>`: charts, tables and a page from an experiment's records. */
import type { CommandModule } from 'yargs';

interface ReportArguments {
  readonly directory: string;
  readonly out?: string | undefined;
  readonly target: readonly string[];
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <directory>',
  describe: 'Learning curves, a summary table and report.html from results',
  builder: (yargs) =>
    yargs
      .positional('directory', { type: 'string', demandOption: true, describe: 'What `run` has written' })
      .option('out', { type: 'string', requiresArg: true, describe: 'Where to write [the directory itself]' })
      .option('target', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'Test accuracies whose label counts to report [the spec’s; else random’s final accuracy]',
      }),
  handler: async ({ directory, out, target }) => {
    const { showReport } = await import('../showReport.ts');
    const targets = await Promise.all(target.map(parseTarget));
    await showReport(directory, { ...(out !== undefined && { outDirectory: out }), targets });
  },
};

async function parseTarget(text: string): Promise<number> {
  const value = Number(text);
  if (value > 0 && value <= 1) return value;
  const { UserError } = await import('../../foundation/userError.ts');
  throw new UserError(
    'bad-option',
    `--target must be an accuracy above 0 and at most 1, and is "${text}". Write it as in --target 0.9.`,
  );
}

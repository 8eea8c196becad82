/** `querybench report <dir>`: charts, tables and a page from an experiment's records. */
import type { CommandModule } from 'yargs';
import type { Over } from '../../analysis/index.ts';

interface ReportArguments {
  readonly directories: readonly string[];
  readonly out?: string | undefined;
  readonly target: readonly string[];
  readonly over?: string | undefined;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <directories..>',
  describe: 'Learning curves, a summary table and report.html from results',
  builder: (yargs) =>
    yargs
      .positional('directories', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'What `run` has written; several are merged into one report',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'Where to write [the directory itself; of several there is none]',
      })
      .option('target', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'Test accuracies whose label counts to report [the spec’s; else random’s final accuracy]',
      })
      .option('over', {
        type: 'string',
        requiresArg: true,
        describe:
          'What curves are drawn over: labels, queries, cost or seconds [cost where the budget is one, else labels]',
      }),
  handler: async ({ directories, out, target, over }) => {
    const { showReport } = await import('../showReport.ts');
    const targets = await Promise.all(target.map(parseTarget));
    await showReport(directories, {
      ...(out !== undefined && { outDirectory: out }),
      ...(over !== undefined && { over: await parseOver(over) }),
      targets,
    });
  },
};

async function parseOver(text: string): Promise<Over> {
  const { spendings } = await import('../../analysis/index.ts');
  const { lookUp } = await import('../../foundation/nearest.ts');
  lookUp('--over', spendings, text);
  return text as Over;
}

async function parseTarget(text: string): Promise<number> {
  const value = Number(text);
  if (value > 0 && value <= 1) return value;
  const { UserError } = await import('../../foundation/userError.ts');
  throw new UserError(
    'bad-option',
    `--target must be an accuracy above 0 and at most 1, and is "${text}". Write it as in --target 0.9.`,
  );
}

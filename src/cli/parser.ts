/** All commands in one parser. Commands load what they need only when they run: `--help` stays fast. */
import { createRequire } from 'node:module';
import yargs, { type Argv, type CommandModule } from 'yargs';
import { nearest } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { dataCommand } from './commands/data.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const commands = [
  runCommand,
  reportCommand,
  exportCommand,
  listCommand,
  dataCommand,
  doctorCommand,
  initCommand,
];

/** @param args the words after the program's name */
export function buildParser(args: readonly string[]): Argv {
  const parser = yargs([...args])
    .scriptName('querybench')
    .usage('$0 <command>\n\nFind out, fast and beyond doubt, which active-learning query strategy is better.')
    .epilogue('Start with: querybench init, then querybench run experiment.yaml --report')
    .version(version)
    .locale('en')
    .strict()
    .demandCommand(1, 'Name a command.')
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .fail((message, error) => {
      throw error ?? new UserError('usage', explain(message, parser));
    });
  for (const command of commands) parser.command(command as CommandModule);
  return parser;
}

/** yargs names what it does not know; we add what was probably meant. */
function explain(message: string, parser: Argv): string {
  const unknown = /^Unknown (argument|command)s?: (.*)$/.exec(message)?.[2]?.split(', ') ?? [];
  const { key } = (parser as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions();
  const names = commands.map(({ command }) => String(command).split(' ')[0] as string);
  const hints = unknown.flatMap((word) => {
    const option = nearest(word, Object.keys(key));
    const command = nearest(word, names);
    if (option !== undefined) return [`Did you mean --${option}?`];
    return command === undefined ? [] : [`Did you mean "${command}"?`];
  });
  return [
    `${message.replace(/\.?$/, '.')}`,
    ...hints,
    'See querybench --help, or --help after a command.',
  ].join(' ');
}

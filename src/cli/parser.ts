/** All commands in one parser. Commands load what they need only when they run: `--help` stays fast. */
import yargs, { type Argv, type CommandModule } from 'yargs';
import { UserError } from '../foundation/userError.ts';
import { version } from '../foundation/version.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { dataCommand } from './commands/data.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { plotCommand } from './commands/plot.ts';
import { predictCommand } from './commands/predict.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { selectCommand } from './commands/select.ts';
import { serveCommand } from './commands/serve.ts';
import { explainUsage } from './explainUsage.ts';

const commands = [
  runCommand,
  reportCommand,
  plotCommand,
  serveCommand,
  checkCommand,
  diffCommand,
  compareCommand,
  selectCommand,
  exportCommand,
  predictCommand,
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
    .check((argv) => refuseRepeats(argv, optionsOf(parser)))
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .fail((message, error) => {
      // The parser's own errors carry a message; whatever else is thrown carries itself.
      if (error && error.name !== 'YError') throw error;
      const words = {
        commands: commands.map(({ command }) => String(command)),
        options: Object.keys(optionsOf(parser).key),
      };
      throw new UserError('usage', explainUsage(message || error.message, args, words));
    });
  for (const command of commands) parser.command(command as CommandModule);
  return parser;
}

interface ParserOptions {
  readonly key: Readonly<Record<string, unknown>>;
  readonly array: readonly string[];
}

/** What has been declared so far: the options of the command that was met are among them. */
function optionsOf(parser: Argv): ParserOptions {
  return (parser as unknown as { getOptions(): ParserOptions }).getOptions();
}

/** An option given twice would arrive as a list where nobody expects one. Throws `UserError("usage")`. */
function refuseRepeats(argv: Readonly<Record<string, unknown>>, { array }: ParserOptions): boolean {
  for (const [key, value] of Object.entries(argv)) {
    if (key === '_' || !Array.isArray(value) || array.includes(key)) continue;
    const rule = `--${key} may be given once, and is given ${value.length} times (${value.join(', ')})`;
    throw new UserError('usage', `${rule}. Leave all but one out.`);
  }
  return true;
}

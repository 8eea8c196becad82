/** What a command line that cannot be understood is answered with: what is wrong, what was met, what was meant. */
import { nearest, unknownName } from '../foundation/nearest.ts';

export interface Vocabulary {
  /** As declared, e.g. `run <spec>`. */
  readonly commands: readonly string[];
  /** Of the command that was met. */
  readonly options: readonly string[];
}

/**
 * @param message of the parser's, which names what it does not know but not what was probably meant
 * @param args the words after the program's name
 */
export function explainUsage(
  message: string,
  args: readonly string[],
  { commands, options }: Vocabulary,
): string {
  const names = commands.map((command) => command.split(' ')[0] as string);
  const [first] = args;
  const usage = commands[names.indexOf(first ?? '')];
  if (usage === undefined && first !== undefined && !first.startsWith('-')) {
    return `${unknownName('command', first, names)} See querybench --help.`;
  }
  if (usage !== undefined && message.startsWith('Not enough non-option arguments')) {
    const missing = /<(\w+)(?:\.\.)?>/.exec(usage)?.[1];
    return `"${first}" needs a ${missing}, and there is none. Write: querybench ${usage}.`;
  }
  const bare = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (bare !== undefined)
    return `--${bare} needs a value after it, and there is none. See ${helpOf(usage, first)}.`;
  const unknown =
    /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ') ?? unknownFlags(first, options);
  const hints = unknown.flatMap((word) => {
    const guess = nearest(word.replace(/^-+/, ''), options);
    return guess === undefined ? [] : [`Did you mean --${guess}?`];
  });
  return [message.replace(/\.?$/, '.'), ...hints, `See ${helpOf(usage, first)}.`].join(' ');
}

/** Where the first word is no command but an option, and one that does not exist. */
function unknownFlags(first: string | undefined, options: readonly string[]): readonly string[] {
  const name = first?.replace(/^-+/, '').replace(/=.*$/, '');
  return name === undefined || options.includes(name) ? [] : [name];
}

function helpOf(usage: string | undefined, first: string | undefined): string {
  return `querybench ${usage === undefined ? '' : `${first} `}--help`;
}

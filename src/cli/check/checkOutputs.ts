/** `--format name` and `--format name=file`: what a check writes, and where. */
import { lookUp } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';

const formats = {
  text: 'text',
  markdown: 'markdown',
  json: 'json',
  junit: 'junit',
  github: 'github',
} as const;

export type CheckFormat = keyof typeof formats;

export interface CheckOutput {
  readonly format: CheckFormat;
  /** Left out: standard output. */
  readonly file?: string;
}

/**
 * What `words` ask for; the table where nothing else goes to standard output, and before annotations, which are for a
 * log. Throws `UserError` "unknown-name", "bad-option".
 */
export function parseOutputs(words: readonly string[]): readonly CheckOutput[] {
  const asked = words.map(parseOutput);
  const twice = asked.find(
    ({ file }, i) => file !== undefined && asked.findIndex((each) => each.file === file) < i,
  );
  if (twice !== undefined) {
    throw new UserError(
      'bad-option',
      `--format must name each file once, and names "${twice.file}" twice. Leave one out.`,
    );
  }
  const shown = asked.filter(({ file }) => file === undefined).map(({ format }) => format);
  const whole = shown.filter((format) => format !== 'github');
  if (whole.length > 1 || (whole.length === 1 && whole[0] !== 'text' && shown.length > 1)) {
    throw new UserError(
      'bad-option',
      `Standard output takes one format, and is to take ${shown.join(' and ')}. Give all but one a file, as in --format junit=report.xml.`,
    );
  }
  return whole.length === 0 ? [{ format: 'text' }, ...asked] : asked.toSorted(textFirst);
}

function parseOutput(word: string): CheckOutput {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const format = lookUp('--format', formats, name);
  if (file === undefined) return { format };
  if (file !== '' && format !== 'github') return { format, file };
  const reason = file === '' ? 'its file has no name' : 'annotations are read from standard output';
  throw new UserError(
    'bad-option',
    `--format ${word} must be a format or format=file, and ${reason}. Write --format ${format}.`,
  );
}

function textFirst(a: CheckOutput, b: CheckOutput): number {
  return Number(b.format === 'text') - Number(a.format === 'text');
}

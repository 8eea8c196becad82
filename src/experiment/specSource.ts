/** The text of a spec, parsed but not yet understood, and where in it things stand. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import { UserError } from '../foundation/userError.ts';

export interface SpecSource {
  readonly fileName: string;
  readonly document: Document.Parsed;
  readonly lineCounter: LineCounter;
  /** Nodes that stand in no file, and what was typed to put each there. */
  readonly overrides: Map<unknown, string>;
}

/** Where a problem is: `offset` orders them, `text` is `file:line:column` or what was typed, as `--set path=value`. */
export interface SpecLocation {
  readonly offset: number;
  readonly text: string;
}

/**
 * Parses YAML or JSON, which is YAML. Throws `UserError("invalid-spec")` with one line for each syntax error.
 */
export function parseSource(text: string, fileName: string): SpecSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const source: SpecSource = { fileName, document, lineCounter, overrides: new Map() };
  const problems = [...document.errors, ...document.warnings].map(({ pos, code, message }) =>
    problemLine(positionAt(source, pos[0]), [], syntaxMessages[code] ?? message),
  );
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      problems.push(
        problemLine(
          positionAt(source, alias.range?.[0] ?? 0),
          [],
          `no anchor &${alias.source} before *${alias.source}`,
        ),
      );
    },
  });
  if (problems.length > 0) throw invalidSpec(problems);
  return source;
}

/** Sentences for the errors that a spec's author is likeliest to meet, in place of the parser's own. */
const syntaxMessages: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key must stand only once in its mapping; leave one out',
  TAB_AS_INDENT: 'YAML indents with spaces, never with tabs; replace the tab',
  MULTIPLE_DOCS: 'a spec must be one document; leave out what begins at this "---"',
};

/** The one error for all problems of a spec. */
export function invalidSpec(problems: readonly string[]): UserError {
  return new UserError('invalid-spec', problems.join('\n'));
}

/** `location: path: message`; an empty path is left out. */
export function problemLine(location: SpecLocation, path: readonly PropertyKey[], message: string): string {
  const place = formatPath(path);
  return `${location.text}: ${place === '' ? '' : `${place}: `}${message}`;
}

/** `strategy[1].name`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`))
    .join('');
}

/**
 * Where the value at `path` stands, or with `atKey` its key; where a part of the path is missing, the
 * innermost thing there is.
 */
export function locate(source: SpecSource, path: readonly PropertyKey[], atKey: boolean): SpecLocation {
  let node: unknown = source.document.contents;
  let start = startOf(node) ?? 0;
  for (const [i, key] of path.entries()) {
    const { pair, value } = step(source.document, node, key);
    if (pair === undefined && value === undefined) break;
    const override = source.overrides.get(value);
    if (override !== undefined) return { offset: Number.POSITIVE_INFINITY, text: override };
    const keyOnly = atKey && i === path.length - 1;
    start = (keyOnly ? undefined : startOf(value)) ?? startOf(pair?.key) ?? start;
    node = value;
  }
  return positionAt(source, start);
}

function step(
  document: Document,
  node: unknown,
  key: PropertyKey,
): { pair?: Pair | undefined; value?: unknown } {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(target)) return { value: target.items[Number(key)] };
  if (!isMap(target)) return {};
  const pair = target.items.find((item) => keyText(item) === String(key));
  return { pair, value: pair?.value };
}

/** A pair's key as the property name it becomes. */
export function keyText(pair: Pair): string {
  return String(isNode(pair.key) ? pair.key.toJSON() : pair.key);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

function positionAt({ lineCounter, fileName }: SpecSource, offset: number): SpecLocation {
  const { line, col } = lineCounter.linePos(offset);
  return { offset, text: `${fileName}:${Math.max(1, line)}:${Math.max(1, col)}` };
}

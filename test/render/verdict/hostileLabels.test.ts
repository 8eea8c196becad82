/** Labels that try to break out, read back by what reads each format: a strict XML parser, the runner's own rules, JSON. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  renderCheckGithub,
  renderCheckJson,
  renderCheckJunit,
  renderCheckMarkdown,
  renderCheckText,
} from '../../../src/render/verdict/index.ts';
import { checkSamples } from './checkSamples.ts';
import { hostile, reportOf } from './hostileReport.ts';
import { parseXml, type XmlElement } from './parseXml.ts';

const report = reportOf(hostile);

/** XML 1.0 takes the control characters after U+007F, and three of those before U+0020. */
const notXml = /(?![\t\n\r\u007f-\u009f])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** What GitHub's runner takes for a command: `::name …::` first in a line, blanks aside, or `##[name …]` anywhere. */
function commandsIn(output: string): string[] {
  return output
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}

/** As the runner unescapes them (actions/runner, ActionCommand.cs). */
function readCommand(line: string): { level: string; title: string; message: string } {
  const [, level = '', title = '', message = ''] = /^::(\w+) title=([^,:]*)::(.*)$/u.exec(line) ?? [];
  const read = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  return { level, title: read(title), message: read(message) };
}

test('the terminal gets one line per finding, no escapes, and nothing that a runner obeys', () => {
  for (const all of [false, true]) {
    const text = renderCheckText(report, { colors: false, all });
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(commandsIn(text)).toEqual([]);
    expect(text.match(/<script>/g)?.length).toBeGreaterThan(5);
  }
});

test('Markdown has no element, code span, link, mention or table cell of theirs', () => {
  const markdown = renderCheckMarkdown(report);
  const tags = new Set([...markdown.matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name));
  expect([...tags].sort()).toEqual(['code', 'details', 'summary']);
  const prose = markdown.replaceAll(/^```mermaid$[\s\S]*?^```$/gm, '');
  expect(prose).not.toMatch(/@|(?<!&)#\d|\*\*d|]\(|`c`|\$\(/);
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.length).toBe(6);
  for (const row of rows) expect(row.match(/\|/g)).toHaveLength(8);
  expect(commandsIn(markdown)).toEqual([]);
});

test('GitHub gets one command per finding, and reads back what was meant', () => {
  const lines = renderCheckGithub(report).trimEnd().split('\n');
  expect(commandsIn(renderCheckGithub(report))).toEqual(lines);
  const commands = lines.map(readCommand);
  expect(commands.map(({ level }) => level)).toEqual([...Array(6).fill('error'), 'warning', 'warning']);
  for (const { title, message } of commands) {
    expect(title).not.toBe('');
    expect(message).not.toBe('');
    expect([...title].length).toBeLessThanOrEqual(200);
  }
  expect(commands[0]?.title).toMatch(/^failed: a\|b `c` .*%0A::error::x ::error title=no::x/);
  expect(commands.at(-1)).toEqual({
    level: 'warning',
    title: 'querybench check',
    message: expect.stringContaining('a|b `c` **d** <script>alert(1)</script> ]]> "q" \'s\' & %0A::error::x'),
  });
});

describe('JUnit', () => {
  test.each(Object.entries(checkSamples))('%s: well-formed, and its counts are right', (_name, sample) => {
    for (const isStrict of [false, true]) {
      const suites = parseXml(renderCheckJunit(sample, { isStrict }));
      expect(suites.name).toBe('testsuites');
      const cases = suites.children.flatMap(({ children }) =>
        children.filter(({ name }) => name === 'testcase'),
      );
      const numWith = (among: readonly XmlElement[], state: string) =>
        String(among.filter(({ children }) => children.some(({ name }) => name === state)).length);
      for (const [element, among] of [
        [suites, cases] as const,
        ...suites.children.map((each) => [each, each.children] as const),
      ]) {
        const own = among.filter(({ name }) => name === 'testcase');
        expect(element.attributes).toMatchObject({
          ...{ tests: String(own.length), failures: numWith(own, 'failure') },
          ...{ errors: numWith(own, 'error'), skipped: numWith(own, 'skipped') },
        });
      }
      for (const { attributes } of cases) {
        expect(Object.keys(attributes)).toEqual(['classname', 'name', 'time']);
      }
    }
  });

  test('keeps labels as they are, line feeds too; what XML cannot write becomes U+FFFD', () => {
    const suites = parseXml(renderCheckJunit(report));
    const [invariant] =
      suites.children.find(({ attributes }) => attributes.name === 'invariants')?.children ?? [];
    const written = hostile.replaceAll(notXml, '\ufffd');
    expect(invariant?.attributes.name).toBe(`${written} (${written})`);
    expect(invariant?.children[0]?.text).toBe(written);
  });
});

test('JSON reads back what was put in', () => {
  const document = JSON.parse(renderCheckJson(report));
  expect(document.invariants[0].text).toBe(hostile);
  expect(document.cells[0].strategy).toBe(hostile);
  expect(document.speed[0]).not.toHaveProperty('ratio');
});

test('any label at all: XML reads back, no line is a command that is not ours, and rows keep their columns', () => {
  const pieces = fc.constantFrom(
    '::error::',
    '##[',
    '|',
    '\\\\',
    '`',
    '\n',
    '\r',
    '%0A',
    '&#7;',
    ']]>',
    '<',
    '\u2028',
    '\u0085',
    ' ',
  );
  const labels = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((points) => String.fromCodePoint(...points)),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(labels, (label) => {
      const odd = reportOf(label);
      expect(commandsIn(renderCheckText(odd, { colors: false }))).toEqual([]);
      const lines = renderCheckGithub(odd).trimEnd().split('\n');
      expect(commandsIn(renderCheckGithub(odd))).toEqual(lines);
      const markdown = renderCheckMarkdown(odd);
      expect(commandsIn(markdown)).toEqual([]);
      for (const table of markdown.matchAll(/(?:^\|.*\n)+/gm)) {
        const numBars = table[0]
          .trimEnd()
          .split('\n')
          .map((row) => row.match(/\|/g)?.length);
        expect(new Set(numBars).size).toBe(1);
      }
      const suites = parseXml(renderCheckJunit(odd));
      const failed = suites.children.find(({ attributes }) => attributes.name === 'failed trials')
        ?.children[0];
      const written = label.replaceAll(notXml, '\ufffd');
      expect(failed?.children[0]?.text).toBe(written);
    }),
    { numRuns: 100 },
  );
});

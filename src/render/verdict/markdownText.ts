/**
 * Text of others inside GitHub's Markdown: it can neither format, link, mention nor close anything. Numeric entities do what
 * backslashes do not: they hold in tables, where `\|` has a meaning of its own, and never make structure (CommonMark 2.5).
 */
import { plainLine } from './plainLine.ts';

/** What every renderer leaves alone inside a code span, in tables too. */
const harmlessInCode = /^[\p{L}\p{N} .,:;=/()+−%°-]+$/u;

/** A label as code: a code span, or where it has odd characters an element of entities that reads the same. */
export function markdownCode(label: string): string {
  const text = plainLine(label);
  if (text === '') return '';
  return harmlessInCode.test(text) ? `\`${text}\`` : `<code>${escaped(text)}</code>`;
}

/** A sentence. Blanks of no width keep `@name` and `#1` from becoming mentions and references. */
export function markdownText(text: string): string {
  return escaped(plainLine(text)).replaceAll(/&#(64|35);(?=[\p{L}\p{N}])/gu, '$&&#8203;');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`*_{}[\]#!|~@\\$]/g, (character) => `&#${character.codePointAt(0)};`);
}

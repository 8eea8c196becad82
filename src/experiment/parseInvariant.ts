/**
 * Reads an invariant as a spec states it. Labels may be any text, operators and "by" included, so it is read with the
 * spec's labels at hand: of all ways to cut the text apart, the one whose pieces are strategies is meant.
 */
import { nearest } from '../foundation/nearest.ts';
import type { Invariant } from './checkRules.ts';
import { show } from './specProblems.ts';

export type ParsedInvariant = { readonly invariant: Invariant } | { readonly problem: string };

const examples = '"margin > random by 0.01", "bald >= entropy" or "random within [0.83, 0.86]"';
const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const withinPattern = new RegExp(
  String.raw`^(.+?)\s+within\s+\[\s*(${number})\s*,\s*(${number})\s*\]$`,
  'is',
);
const byPattern = new RegExp(String.raw`^(.+?)\s+by\s+(${number})$`, 'is');

/** `labels` are those of the spec's strategies. A problem is a "rule; met value; remedy", as `specProblems` words them. */
export function parseInvariant(text: string, labels: readonly string[]): ParsedInvariant {
  const readings = [...withinReadings(text), ...aboveReadings(text)];
  const first = readings[0];
  if (first === undefined) {
    const hint = /<|≤/.test(text) ? '; write the better strategy first, with > or >=' : '';
    return { problem: `must be like ${examples}; met ${show(text)}${hint}` };
  }
  const isKnown = (reading: Invariant): boolean => namesOf(reading).every((name) => labels.includes(name));
  const meant = readings.filter(isKnown);
  if (meant.length > 1) {
    return { problem: `must have one meaning; met ${show(text)}; give the strategies shorter labels` };
  }
  const [invariant] = meant;
  if (invariant !== undefined) return checked(invariant);
  const reading = mostKnown(readings, labels) ?? first;
  const unknown = namesOf(reading).filter((name) => !labels.includes(name));
  return { problem: unknown.map((name) => unknownStrategy(name, labels)).join('; ') };
}

/** The sentence for a strategy that the spec does not have. */
export function unknownStrategy(name: string, labels: readonly string[]): string {
  const guess = nearest(name, labels);
  const hint = guess === undefined ? '' : `; did you mean "${guess}"?`;
  return `must name a strategy of this spec, by its label: ${labels.join(', ')}; met ${show(name)}${hint}`;
}

function checked(invariant: Invariant): ParsedInvariant {
  if (invariant.kind === 'above') {
    return invariant.strategy === invariant.other
      ? { problem: `must compare two strategies; met ${show(invariant.text)}` }
      : { invariant };
  }
  const [low, high] = invariant.range;
  return low < high
    ? { invariant }
    : { problem: `must have a range that ascends; met [${low}, ${high}]; write [${high}, ${low}]` };
}

function withinReadings(text: string): Invariant[] {
  const [, strategy, low, high] = withinPattern.exec(text.trim()) ?? [];
  if (strategy === undefined) return [];
  return [{ kind: 'within', text, strategy: strategy.trim(), range: [Number(low), Number(high)] }];
}

/** Cut at every `>` and `>=`, with a last "by …" as an amount and as a part of the label. */
function aboveReadings(text: string): Invariant[] {
  return [...text.matchAll(/>=?/g)].flatMap((operator): Invariant[] => {
    const strategy = text.slice(0, operator.index).trim();
    const rest = text.slice(operator.index + operator[0].length).trim();
    if (strategy === '' || rest === '') return [];
    const shared = { kind: 'above' as const, text, strategy, isStrict: operator[0] === '>' };
    const [, other, by] = byPattern.exec(rest) ?? [];
    const plain: Invariant = { ...shared, other: rest, by: 0 };
    return other === undefined ? [plain] : [{ ...shared, other: other.trim(), by: Number(by) }, plain];
  });
}

function namesOf(reading: Invariant): readonly string[] {
  return reading.kind === 'above' ? [reading.strategy, reading.other] : [reading.strategy];
}

/** Of ways to read that all name strangers, the first that names the fewest. */
function mostKnown(readings: readonly Invariant[], labels: readonly string[]): Invariant | undefined {
  const numUnknown = (reading: Invariant): number =>
    namesOf(reading).filter((name) => !labels.includes(name)).length;
  return [...readings].sort((a, b) => numUnknown(a) - numUnknown(b))[0];
}

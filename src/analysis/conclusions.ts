/** The answer in words: which strategies beat the baseline, by how much, how surely; and where nobody can tell. */
import { listed } from '../foundation/listed.ts';
import type { Comparison } from './comparison.ts';

/** Two or three sentences made from the comparisons of one group; none where there is nothing to compare. */
export function conclusions(comparisons: readonly Comparison[]): string[] {
  const [first] = comparisons;
  if (first === undefined) return [];
  const of = (verdict: Comparison['verdict']) => comparisons.filter((each) => each.verdict === verdict);
  const [better, worse, undecided] = [of('better'), of('worse'), of('undecided')];
  const { baseline } = first;
  const sentences: string[] = [];
  if (better.length > 0) {
    const ranked = better.toSorted((a, b) => b.difference.mean - a.difference.mean);
    sentences.push(`${few(ranked.map(withDifference))} ${beat(better)} ${baseline}${seeds(better)}.`);
  }
  if (worse.length > 0) {
    sentences.push(
      `${few(worse.map(withDifference))} ${worse.length === 1 ? 'is' : 'are'} worse than ${baseline}${seeds(worse)}.`,
    );
  }
  if (undecided.length > 0) {
    const names = few(undecided.map(({ strategy }) => strategy));
    sentences.push(
      `Whether ${names} ${undecided.length === 1 ? 'differs' : 'differ'} from ${baseline} cannot be told${sensitivity(undecided)}.`,
    );
  }
  return sentences;
}

const beat = (strategies: readonly unknown[]): string => (strategies.length === 1 ? 'beats' : 'beat');

function withDifference({ strategy, difference, bootstrapInterval }: Comparison): string {
  const interval = bootstrapInterval
    ? `, 95 % interval ${signed(bootstrapInterval.lower)} to ${signed(bootstrapInterval.upper)}`
    : '';
  return `${strategy} (${signed(difference.mean)} AUBC${interval})`;
}

function seeds(comparisons: readonly Comparison[]): string {
  const counts = [...new Set(comparisons.map(({ numSeeds }) => numSeeds))];
  return counts.length === 1 ? ` over ${counts[0]} paired seeds` : '';
}

/** What would have been found, so that "cannot tell" is not read as "equal". */
function sensitivity(comparisons: readonly Comparison[]): string {
  const detectable = comparisons.flatMap((each) => each.detectable ?? []);
  const fewest = Math.min(...comparisons.map(({ numSeeds }) => numSeeds));
  if (detectable.length < comparisons.length) return fewest < 2 ? ' with one seed' : '';
  const largest = Math.max(...detectable);
  return `: with ${fewest} seeds only differences of about ${largest.toFixed(3)} AUBC or more would show four times in five`;
}

const signed = (value: number): string => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(4);

/** A sentence bears so many names; the table has them all. */
const MOST_NAMES = 5;

function few(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES + 1;
  return listed(names.length <= MOST_NAMES ? names : [...names.slice(0, MOST_NAMES - 1), `${rest} more`]);
}

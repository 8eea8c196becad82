/** The answer, before anything else: what the statistics say in words, group by group and over all groups. */
import {
  type Analysis,
  type Comparison,
  type GroupAnalysis,
  meanOf,
  type Ranking,
} from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import { groupBy } from '../../foundation/groupBy.ts';
import { escapeHtml } from '../escapeHtml.ts';
import { decimal, listed, probability, signed } from './figures.ts';

/** Paragraphs, plain text: of one group its conclusions; of several, what holds over all of them. */
function answer({ groups, overall, leftOut, baseline }: Analysis): string[] {
  const [first] = groups;
  if (first === undefined) return [];
  if (groups.length === 1) {
    return first.conclusions.length > 0 ? [...first.conclusions] : [withoutBaseline(first, baseline)];
  }
  return [verdictsOverGroups(groups, baseline), ...(overall ? [ranksInWords(overall, leftOut)] : [])];
}

export function answerSection(analysis: Analysis): string {
  const paragraphs = answer(analysis).map((text) => `<p>${escapeHtml(text)}</p>`);
  const { groups } = analysis;
  const each =
    groups.length < 2
      ? ''
      : `<dl class="each">${groups
          .map(
            ({ name, conclusions }) =>
              `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(conclusions.join(' ') || 'Nothing to compare.')}</dd>`,
          )
          .join('\n')}</dl>`;
  return `<section class="answer" aria-labelledby="answer">
<h2 id="answer">The answer</h2>
${paragraphs.join('\n')}
${each && `<details><summary>Setting by setting</summary>${each}</details>`}
</section>`;
}

function withoutBaseline({ results }: GroupAnalysis, baseline: string): string {
  const [best] = results;
  const others = results.filter(({ row }) => row.numFinished > 0).length;
  return best === undefined || others < 2
    ? 'One strategy alone: there is nothing to compare it with.'
    : `${best.row.strategy} has the largest AUBC (${decimal(best.row.aubc?.mean)}); without ${baseline} no strategy is tested against it.`;
}

interface Tally {
  readonly strategy: string;
  readonly better: number;
  readonly worse: number;
  readonly undecided: number;
  /** Mean differences, one per group. */
  readonly differences: readonly number[];
}

/** In how many groups each strategy is ahead of the baseline, behind it, or neither; the largest mean gain first. */
function tallies(groups: readonly GroupAnalysis[]): Tally[] {
  const all = groups
    .flatMap(({ results }) => results)
    .flatMap(({ comparison }) => (comparison === undefined || comparison.isBound ? [] : comparison));
  const count = (comparisons: readonly Comparison[], verdict: Comparison['verdict']): number =>
    comparisons.filter((each) => each.verdict === verdict).length;
  return groupBy(all, ({ strategy }) => strategy)
    .map((comparisons) => ({
      strategy: comparisons[0].strategy,
      ...{ better: count(comparisons, 'better'), worse: count(comparisons, 'worse') },
      undecided: count(comparisons, 'undecided'),
      differences: comparisons.map(({ difference }) => difference.mean),
    }))
    .sort((a, b) => meanOf(b.differences) - meanOf(a.differences));
}

function verdictsOverGroups(groups: readonly GroupAnalysis[], baseline: string): string {
  const all = tallies(groups);
  if (all.length === 0) return `No strategy shares seeds with ${baseline}, so none is tested against it.`;
  const everywhere = all.filter(({ better }) => better === groups.length);
  const sometimes = all.filter(({ better, worse }) => better > 0 && better < groups.length && worse === 0);
  const worse = all.filter((tally) => tally.worse > 0);
  const never = all.filter((tally) => tally.better === 0 && tally.worse === 0);
  const settings = groups.length === 2 ? 'both settings' : `all ${groups.length} settings`;
  const share = ({ strategy, better }: Tally): string => `${strategy} (in ${better} of ${groups.length})`;
  const sentences = [
    everywhere.length > 0
      ? `${listed(everywhere.map(withRange), 4)} ${verb(everywhere, 'beats', 'beat')} ${baseline} in ${settings}.`
      : `No strategy beats ${baseline} in ${settings}.`,
    ...(sometimes.length > 0
      ? [
          `${listed(sometimes.map(share), 4)} ${verb(sometimes, 'does', 'do')} in some, the rest cannot be told.`,
        ]
      : []),
    ...(worse.length > 0
      ? [`${listed(nameOf(worse), 4)} ${verb(worse, 'is', 'are')} worse than ${baseline} in at least one.`]
      : []),
    ...(never.length > 0
      ? [
          `Whether ${listed(nameOf(never), 4)} ${verb(never, 'differs', 'differ')} from ${baseline} cannot be told.`,
        ]
      : []),
  ];
  return sentences.join(' ');
}

function nameOf(some: readonly Tally[]): string[] {
  return some.map(({ strategy }) => strategy);
}

function withRange({ strategy, differences }: Tally): string {
  const [least, most] = [signed(Math.min(...differences), 3), signed(Math.max(...differences), 3)];
  return `${strategy} (${least === most ? least : `${least} to ${most}`} AUBC)`;
}

function ranksInWords(overall: Ranking, leftOut: string): string {
  const { ranked, statistic, pValue, numBlocks, isSignificant, ties, criticalDifference } = overall;
  const ranks = ranked.map(({ strategy, meanRank }) => `${strategy} ${decimal(meanRank, 2)}`);
  const names = ranked.map(({ strategy }) => strategy);
  const [from, to] = ties.find(([first]) => first === 0) ?? [0, 0];
  const top = names.slice(from, to + 1);
  const told = !isSignificant
    ? 'the strategies are not told apart'
    : top.length > 1
      ? `${listed(top, 6)} are not told apart`
      : `${names[0]} is told apart from all others`;
  const test = `Friedman’s χ² ${statistic.toFixed(1)}, p ${pValue < 0.001 ? '' : '= '}${probability(pValue)}`;
  return (
    `By mean rank over ${counted(numBlocks, 'block')} (each a seed in one setting): ${listed(ranks, 6)}; ${told} ` +
    `(${test}; critical difference ${decimal(criticalDifference, 2)}).${leftOut === '' ? '' : ` ${leftOut}.`}`
  );
}

function verb(some: readonly unknown[], one: string, several: string): string {
  return some.length === 1 ? one : several;
}

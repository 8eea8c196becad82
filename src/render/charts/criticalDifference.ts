/** The critical-difference diagram: mean ranks on a line, and bars over strategies that no test tells apart (Demšar 2006). */
import { type Ranking, ranking } from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { ChartEntry } from './chart.ts';
import { styleOf, subtitleLines } from './chartText.ts';
import { diagramHeight, diagramLayers } from './criticalDifferenceLayers.ts';
import { namedChart } from './namedChart.ts';
import { blocksSentence, droppedParagraphs, scoreTable, scoreTitle, shownPValue } from './scoreTable.ts';

/** Names stand at both sides of the line. */
const WIDTH_WITH_NAMES = CHART_WIDTH + 200;

export const criticalDifference: ChartEntry = {
  title: 'Critical differences',
  description:
    'Strategies ranked by AUBC within each block (a seed of a data set and initial pool); the line shows their mean ranks, the best to the ' +
    'left. A bar joins strategies that are not told apart. It speaks of these data sets: seeds of one data set are no further data sets.',
  needs: 'It needs two strategies with finished trials of the same seeds.',
  build(input) {
    const table = scoreTable(input);
    const { pairTest, scheme } = input.options;
    const found = table && ranking(table, pairTest === undefined ? {} : { pairTest });
    if (table === undefined || found === undefined) return [];
    const strategies = found.ranked.map(({ strategy }) => strategy);
    const title = `Mean ranks by ${scoreTitle(table)}`;
    const subtitle = [`${blocksSentence(table)} ${verdict(found)}`, ...droppedParagraphs(table)];
    return [
      namedChart({
        ...{ name: 'ranks', title, scheme },
        styles: strategies.map((strategy) => styleOf(input.styles, strategy)),
        alternativeText: alternativeText(found, scoreTitle(table)),
        body: {
          title: {
            text: title,
            subtitle: subtitleLines(subtitle, WIDTH_WITH_NAMES),
          },
          width: CHART_WIDTH,
          height: diagramHeight(found),
          layer: diagramLayers(found),
        },
      }),
    ];
  },
};

const testNames = {
  nemenyi: "Nemenyi's test",
  'wilcoxon-holm': "Wilcoxon's test with Holm's correction",
} as const;

/** What the tests say, in a sentence or two. */
function verdict({ pValue, isSignificant, pairTest, alpha, canDecide, ties }: Ranking): string {
  const friedman = `Friedman's test: ${shownPValue(pValue)}`;
  if (!isSignificant) return `${friedman}: no difference is found, so one bar joins all.`;
  const level = `${Number((100 * alpha).toFixed(2))} %`;
  if (!canDecide) {
    return `${friedman}. With so few blocks ${testNames[pairTest]} cannot tell any pair apart.`;
  }
  const bars = ties.length === 0 ? 'every pair is told apart' : 'a bar joins those not told apart';
  return `${friedman}. ${testNames[pairTest]} at ${level}: ${bars}.`;
}

function alternativeText({ ranked, ties, pValue }: Ranking, scoreName: string): string {
  const ranks = ranked.map(({ strategy, meanRank }) => `${strategy} ${meanRank.toFixed(2)}`).join(', ');
  const names = ties.map(([first, last]) =>
    ranked
      .slice(first, last + 1)
      .map(({ strategy }) => strategy)
      .join(', '),
  );
  const groups = names.length === 0 ? 'All are told apart' : `Not told apart: ${names.join('; ')}`;
  return `Mean ranks by ${scoreName}, the best first: ${ranks}. Friedman's test: ${shownPValue(pValue)}. ${groups}.`;
}

/** How far ahead of the baseline each strategy is along the curve, paired by seed: a chart per group. */
import {
  BASELINE_STRATEGY,
  curveAxis,
  type DifferenceCurve,
  differenceCurves,
  metricTitles,
  spendings,
} from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { ChartEntry, ChartOptions } from './chart.ts';
import {
  SUBTITLE_WIDTH,
  seedsSentence,
  signed,
  sourceParagraphs,
  styleOf,
  subtitleLines,
} from './chartText.ts';
import { curveLayers, curveRows, type Layers, plotHeight, showsBands } from './curveLayers.ts';
import { byFallingEnd } from './groupCurves.ts';
import { overSeeds } from './learningCurveChart.ts';
import { namedChart } from './namedChart.ts';
import { perGroup } from './perGroup.ts';
import { valueDomain } from './valueDomain.ts';

export const differenceToBaseline: ChartEntry = {
  title: 'Difference to the baseline',
  description:
    'Each strategy less the baseline (random), seed by seed, along the curve. What the seeds have in common cancels, so the band is that ' +
    'of the difference: where it does not touch 0, the two differ at that place.',
  needs: 'It needs the baseline and another strategy with finished trials of the same seeds.',
  build: (input) =>
    perGroup(input, (group, names) => {
      const { metric = 'accuracy', over = 'labels', baseline = BASELINE_STRATEGY, scheme } = input.options;
      const axis = curveAxis(group.cells, over);
      const curves = differenceCurves(group, { metric, baseline, axis }).sort(byFallingEnd);
      if (curves.length === 0) return undefined;
      const band = showsBands(curves.length)
        ? "band: Student's 95 % interval of the paired difference; "
        : '';
      const interval = `${band}filled marks: 0 lies outside the 95 % interval`;
      const height = plotHeight(curves.length);
      const counts = curves.map(({ numSeeds }) => numSeeds);
      const strategies = curves.map(({ strategy }) => strategy);
      const styles = strategies.map((strategy) => styleOf(input.styles, strategy));
      const places = curves.flatMap(({ points }) => points.map(({ spent }) => spent));
      const paragraphs = sourceParagraphs(seedsSentence(counts, interval), group);
      return namedChart({
        ...{ ...names, styles, scheme },
        alternativeText: alternativeText(names.title, curves, { metric, over }),
        body: {
          title: { text: names.title, subtitle: subtitleLines(paragraphs, SUBTITLE_WIDTH) },
          width: CHART_WIDTH,
          height,
          data: { values: curveRows(curves, over) },
          layer: [
            ...curveLayers({
              ...{ strategies, styles, over },
              valueTitle: `mean difference to ${baseline}`,
              seeds: [],
              yTitle: `${metricTitles[metric].title} less that of ${baseline}, ${overSeeds(curves)}`,
              isDifference: true,
              yDomain: valueDomain(curves, { includes: 0, stretch: showsBands(curves.length) ? 0.5 : 0 }),
              xDomain: [Math.min(...places), Math.max(...places)],
              numPlaces: Math.max(...curves.map(({ points }) => points.length)),
              numBands: curves.length,
            }),
            ...zeroLine(metricTitles[metric].better, baseline, height),
          ],
        },
      });
    }),
};

/** Nothing at all, and which side of it is the good one. */
function zeroLine(better: 'higher' | 'lower', baseline: string, height: number): Layers {
  const [above, below] = better === 'higher' ? ['better', 'worse'] : ['worse', 'better'];
  const note = (text: string, y: object, baseline: 'top' | 'bottom') => ({
    data: { values: [{}] },
    mark: {
      type: 'text' as const,
      aria: false,
      style: 'ink-soft',
      align: 'right' as const,
      fontSize: 12,
      baseline,
    },
    encoding: { x: { value: 'width' as const }, y, text: { value: text } },
  });
  return [
    {
      data: { values: [{ zero: 0 }] },
      mark: { type: 'rule', aria: false, style: 'reference', strokeWidth: 1.5 },
      encoding: { y: { field: 'zero', type: 'quantitative' } },
    },
    note(`▲ ${above} than ${baseline}`, { value: 4 }, 'top'),
    note(`▼ ${below} than ${baseline}`, { value: height - 4 }, 'bottom'),
  ];
}

function alternativeText(
  title: string,
  curves: readonly DifferenceCurve[],
  { metric, over }: Required<Pick<ChartOptions, 'metric' | 'over'>>,
): string {
  const ends = curves.map(({ strategy, points }) => {
    const last = points.at(-1);
    return `${strategy} ${signed(last?.mean ?? 0)} at ${Number((last?.spent ?? 0).toFixed(2))} ${spendings[over].noun}`;
  });
  return `${title}: ${metricTitles[metric].title} less that of ${curves[0]?.baseline}, paired by seed. At the end: ${ends.join('; ')}.`;
}

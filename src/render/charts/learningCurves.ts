/** Learning curves, a chart per group. */
import { curveAxis, type Group, seedCurves } from '../../analysis/index.ts';
import type { ChartEntry, ChartOptions } from './chart.ts';
import { seedsSentence, sourceParagraphs } from './chartText.ts';
import { type SeedLine, showsBands, showsSeedLines } from './curveLayers.ts';
import { drawingAxis, groupCurves } from './groupCurves.ts';
import { learningCurveChart } from './learningCurveChart.ts';
import { perGroup } from './perGroup.ts';
import { pointsOf, publishedSentence } from './publishedLayer.ts';

export const learningCurves: ChartEntry = {
  title: 'Learning curves',
  description:
    'How good the model was at each number of labels (or queries, or cost, or seconds): the mean over seeds, its 95 % band, ' +
    'and faintly every seed. A dotted line marked as a bound looks at labels that nobody paid for.',
  needs: 'It needs a finished trial.',
  build: (input) =>
    perGroup(input, (group, names) => {
      const { metric, over, scheme, published = [] } = input.options;
      const curves = groupCurves(group, over, metric);
      if (curves.length === 0) return undefined;
      const seedLines = showsSeedLines(curves) ? seedLinesOf(group, input.options) : [];
      const counts = curves.map(({ numSeeds }) => numSeeds);
      const faint = seedLines.length > 0 ? '; faint: every seed' : '';
      const band = showsBands(curves.length)
        ? `band: Student's 95 % interval of the mean${faint}`
        : 'means, too many for their bands';
      const { grid } = curveAxis(group.cells, over);
      const interpolated = grid ? ' Read by straight lines between rounds.' : '';
      const places = curves.flatMap(({ points }) => points.map(({ spent }) => spent));
      const isAccuracy = (metric ?? 'accuracy') === 'accuracy' && (over ?? 'labels') === 'labels';
      const overlay = pointsOf(isAccuracy ? published : [], group, [
        Math.min(...places),
        Math.max(...places),
      ]);
      const marks = overlay.shown.length === 0 ? [] : [publishedSentence(overlay.shown, overlay.numBeyond)];
      return learningCurveChart({
        ...{ ...names, curves, seedLines, styles: input.styles, metric, over, scheme },
        published: overlay.shown,
        subtitle: [...sourceParagraphs(`${seedsSentence(counts, band)}${interpolated}`, group), ...marks],
      });
    }),
};

function seedLinesOf(group: Group, { metric, over = 'labels' }: ChartOptions): SeedLine[] {
  const axisOf = drawingAxis(group, over);
  return group.cells.flatMap((cell) =>
    seedCurves(cell, { axis: axisOf(cell), ...(metric && { metric }) }).curves.map(({ seed, points }) => ({
      ...{ strategy: cell.strategy, seed, points },
    })),
  );
}

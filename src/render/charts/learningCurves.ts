/** Learning curves, a chart per group. */
import { type CellCurve, type Group, groupName, type Over, seedCurves } from '../../analysis/index.ts';
import { slugs } from '../slugs.ts';
import type { ChartEntry, ChartInput, ChartOptions } from './chart.ts';
import { seedsSentence, sourceParagraphs } from './chartText.ts';
import type { SeedLine } from './curveLayers.ts';
import { drawingAxis, groupCurves } from './groupCurves.ts';
import { learningCurveChart } from './learningCurveChart.ts';

/** With more lines than this, those of single seeds say nothing and weigh much. */
const MOST_SEED_LINES = 60;

export const learningCurves: ChartEntry = {
  title: 'Learning curves',
  description:
    'How good the model was at each number of labels (or queries, or cost, or seconds): the mean over seeds, its 95 % band, ' +
    'and faintly every seed. A dotted line marked as a bound looks at labels that nobody paid for.',
  build({ groups, styles, options }: ChartInput) {
    const drawn = groups.flatMap((group) => {
      const curves = groupCurves(group, options.over, options.metric);
      return curves.length === 0 ? [] : [{ group, curves, title: groupName(group, groups) }];
    });
    const names = slugs(drawn.map(({ title }) => title));
    return drawn.map(({ group, curves, title }, i) => {
      const seedLines = seedLinesOf(group, curves, options);
      return learningCurveChart({
        ...{ name: names[i] as string, title, curves, seedLines, styles },
        ...{ metric: options.metric, over: options.over, scheme: options.scheme },
        subtitle: subtitle(group, curves, seedLines.length > 0),
      });
    });
  },
};

/** None where there is one seed, whose line is the mean, or where there are too many lines. */
function seedLinesOf(
  group: Group,
  curves: readonly CellCurve[],
  { metric, over = 'labels' }: { readonly metric?: ChartOptions['metric']; readonly over?: Over },
): SeedLine[] {
  const numLines = curves.reduce((sum, { numSeeds }) => sum + numSeeds, 0);
  if (numLines > MOST_SEED_LINES || numLines === curves.length) return [];
  const axisOf = drawingAxis(group, over);
  return group.cells.flatMap((cell) =>
    seedCurves(cell, { axis: axisOf(cell), ...(metric && { metric }) }).curves.map(({ seed, points }) => ({
      ...{ strategy: cell.strategy, seed, points },
    })),
  );
}

function subtitle(group: Group, curves: readonly CellCurve[], hasSeedLines: boolean): string[] {
  const counts = curves.map(({ numSeeds }) => numSeeds);
  const band = `band: Student's 95 % interval of the mean${hasSeedLines ? '; faint: every seed' : ''}`;
  return sourceParagraphs(seedsSentence(counts, band), group);
}

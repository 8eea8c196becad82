/** All learning curves of a sweep in one picture: a row per data set (and model, batch, oracle), a column per initial pool. */
import { groupName, metricTitles, naturalOrder, spendings } from '../../analysis/index.ts';
import type { ChartEntry } from './chart.ts';
import { seedsSentence, shown, styleOf, subtitleLines } from './chartText.ts';
import { curveLayers, curveRows, showsBands } from './curveLayers.ts';
import { groupCurves } from './groupCurves.ts';
import { overSeeds } from './learningCurveChart.ts';
import { namedChart } from './namedChart.ts';

const PANEL_WIDTH = 230;
const PANEL_HEIGHT = 180;
const SUBTITLE_WIDTH = 720;

export const learningCurveGrid: ChartEntry = {
  title: 'Learning curves at a glance',
  description:
    'The learning curves of all groups side by side: a row per data set (and whatever else differs), a column per initial pool. ' +
    'Rows have value axes of their own.',
  needs: 'It needs finished trials of two settings or more.',
  build({ groups, styles: allStyles, options: { metric = 'accuracy', over = 'labels', scheme } }) {
    const drawn = groups.flatMap((group) => {
      const curves = groupCurves(group, over, metric);
      const row = groupName(group, groups, ['initial pool']);
      return curves.length === 0
        ? []
        : [{ group, curves, row, column: `initial pool ${group.initialPoolSize}` }];
    });
    if (drawn.length < 2) return [];
    const all = drawn.flatMap(({ curves }) => curves);
    // By name: ends differ from panel to panel.
    const isBound = new Map(all.map((curve) => [curve.strategy, curve.isBound]));
    const strategies = [...isBound.keys()].sort(
      (a, b) => Number(isBound.get(a)) - Number(isBound.get(b)) || (a < b ? -1 : 1),
    );
    const styles = strategies.map((strategy) => styleOf(allStyles, strategy));
    const rows = [...new Set(drawn.map(({ row }) => row))];
    const columns = [...new Set(drawn.map(({ column }) => column))].sort(naturalOrder);
    const seeds = seedsSentence(
      all.map(({ numSeeds }) => numSeeds),
      showsBands(strategies.length) ? "band: Student's 95 % interval of the mean" : 'means',
    );
    const title = rows.length > 1 ? 'Learning curves' : `Learning curves: ${rows[0]}`;
    const best = drawn.map(({ group, curves: [first] }) => {
      const last = first?.points.at(-1);
      return `${groupName(group, groups)}: ${first?.strategy} ${shown(last?.mean ?? 0)}`;
    });
    return [
      namedChart({
        ...{ name: 'all', title, styles, scheme },
        alternativeText: `${title}: ${metricTitles[metric].title} over ${spendings[over].noun}, ${drawn.length} panels. Highest at the end: ${best.join('; ')}.`,
        body: {
          title: { text: title, subtitle: subtitleLines([seeds], SUBTITLE_WIDTH) },
          data: {
            values: drawn.flatMap(({ curves, row, column }) => curveRows(curves, over, { row, column })),
          },
          facet: {
            ...(rows.length > 1 && {
              row: {
                field: 'row',
                type: 'nominal',
                sort: rows,
                title: null,
                header: { labelOrient: 'left' },
              },
            }),
            column: { field: 'column', type: 'nominal', sort: columns, title: null },
          },
          spacing: { row: 26, column: 22 },
          resolve: { scale: { x: 'independent', y: rows.length > 1 ? 'independent' : 'shared' } },
          spec: {
            width: PANEL_WIDTH,
            height: PANEL_HEIGHT,
            layer: curveLayers({
              ...{ strategies, styles, over, seeds: [] },
              valueTitle: `mean ${metricTitles[metric].title}`,
              yTitle: `${metricTitles[metric].title}, ${overSeeds(all)}`,
              isFaceted: true,
              numPlaces: Math.max(...all.map(({ points }) => points.length)),
              numBands: strategies.length,
            }),
          },
        },
      }),
    ];
  },
};

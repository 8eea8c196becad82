/** Selection overlap, a matrix per group. */
import { selectionOverlap as overlapOf } from '../../analysis/index.ts';
import type { ChartEntry } from './chart.ts';
import { groupCurves } from './groupCurves.ts';
import { overlapChart } from './overlapChart.ts';
import { perGroup } from './perGroup.ts';

export const selectionOverlap: ChartEntry = {
  title: 'Selection overlap',
  description:
    'How many of the samples that two strategies asked for are the same, as a share of all that either asked for: all queries ' +
    'above the diagonal, the first query, where both saw the same model, below it.',
  needs: 'It needs two strategies with finished trials of the same seed.',
  build: (input) =>
    perGroup(input, (group, names) => {
      const overlap = overlapOf(group);
      if (overlap.pairs.length === 0) return undefined;
      const order = groupCurves(group).map(({ strategy }) => strategy);
      return overlapChart({ ...names, overlap, order, scheme: input.options.scheme });
    }),
};

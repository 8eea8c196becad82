/** Selection overlap, a matrix per group. */
import { groupName, selectionOverlap as overlapOf } from '../../analysis/index.ts';
import { slugs } from '../slugs.ts';
import type { ChartEntry } from './chart.ts';
import { groupCurves } from './groupCurves.ts';
import { overlapChart } from './overlapChart.ts';

export const selectionOverlap: ChartEntry = {
  title: 'Selection overlap',
  description:
    'How many of the samples that two strategies asked for are the same, as a share of all that either asked for: all queries ' +
    'above the diagonal, the first query, where both saw the same model, below it.',
  build({ groups, options: { scheme } }) {
    const drawn = groups.flatMap((group) => {
      const overlap = overlapOf(group);
      const order = groupCurves(group).map(({ strategy }) => strategy);
      return overlap.pairs.length === 0 ? [] : [{ overlap, order, title: groupName(group, groups) }];
    });
    const names = slugs(drawn.map(({ title }) => title));
    return drawn.map((options, i) => overlapChart({ ...options, name: names[i] as string, scheme }));
  },
};

/** Gains over the baseline as a heat map: a row per strategy, a column per condition of the sweep. */
import {
  type Condition,
  type GainMatrix,
  type GroupAxis,
  gainMatrices,
  groupName,
} from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import { slugs } from '../slugs.ts';
import { textWidth } from '../textWidth.ts';
import type { ChartEntry, ChartOptions, NamedChart } from './chart.ts';
import { aubcTitle, STRATEGY_AXIS, seedsSentence, signed, subtitleLines } from './chartText.ts';
import { CELL_AXIS, differenceCells, differenceFields, differenceTooltip } from './differenceCells.ts';
import { namedChart } from './namedChart.ts';

const LEAST_CELL_WIDTH = 74;
const CELL_HEIGHT = 34;
const LABEL_FONT_SIZE = 12;
const LEAST_SUBTITLE_WIDTH = 560;

export const gainMatrix: ChartEntry = {
  title: 'Gains under every condition',
  description:
    'What each strategy (row) gains over the baseline (random) under each condition (column): the difference in area under the budget ' +
    'curve, paired by seed. Bold: its 95 % interval (BCa bootstrap) is clear of 0 and the paired t-test, corrected by Holm for the strategies ' +
    'of the column, agrees. Strategies by falling mean gain.',
  needs:
    'It needs the baseline and another strategy, with finished trials of the same seeds, in two settings or more.',
  build({ groups, options }) {
    const matrices = gainMatrices(groups, options);
    const titles = matrices.map(titleOf);
    const names = slugs(titles);
    return matrices.map((matrix, i) =>
      heatMap({ name: names[i] as string, title: titles[i] as string }, matrix, options),
    );
  },
};

/** What all its conditions share of a group's name. */
function titleOf({ axes, conditions }: GainMatrix): string {
  const [first, ...others] = conditions.map(({ group }) => group);
  if (first === undefined) throw new RangeError('A matrix has two conditions at least.');
  const varying = axes.map(({ name }) => name);
  return groupName(first, others, varying) || 'All conditions';
}

function heatMap(
  names: Pick<NamedChart, 'name' | 'title'>,
  matrix: GainMatrix,
  { metric = 'accuracy', over = 'labels', scheme }: ChartOptions,
): NamedChart {
  const { axes, baseline, conditions, strategies } = matrix;
  const labels = conditions.map((condition) => labelOf(axes, condition));
  const comparisons = conditions.flatMap((condition) => condition.comparisons);
  const cellWidth = Math.max(
    LEAST_CELL_WIDTH,
    ...labels.flatMap((label) => label.split('\n').map((line) => 14 + textWidth(line, LABEL_FONT_SIZE))),
  );
  const width = Math.ceil(cellWidth) * conditions.length;
  const what = `${aubcTitle(metric, over)} less that of ${baseline}`;
  const counts = comparisons.map(({ numSeeds }) => numSeeds);
  const seeds = seedsSentence(counts, 'bold: surely not 0 (interval and corrected t-test)');
  const axisTitle = axes.map(({ name }) => name).join(', ');
  return namedChart({
    ...{ ...names, scheme, alternativeText: alternativeText(names.title, matrix) },
    body: {
      title: {
        text: names.title,
        subtitle: subtitleLines([`${what}. ${seeds}`], Math.max(LEAST_SUBTITLE_WIDTH, width)),
      },
      data: {
        values: conditions.flatMap(({ comparisons: ofCondition }, i) =>
          ofCondition.map((comparison) => ({
            ...{ strategy: comparison.strategy, condition: labels[i] },
            ...differenceFields(comparison, metric, 3),
          })),
        ),
      },
      ...{ width, height: CELL_HEIGHT * strategies.length },
      encoding: {
        x: {
          ...{ field: 'condition', type: 'nominal', sort: labels, title: axisTitle },
          axis: {
            ...CELL_AXIS,
            labelAngle: 0,
            labelFontSize: LABEL_FONT_SIZE,
            labelExpr: "split(datum.label, '\\n')",
          },
        },
        y: {
          field: 'strategy',
          type: 'nominal',
          sort: [...strategies],
          title: null,
          axis: { ...CELL_AXIS, ...STRATEGY_AXIS },
        },
      },
      layer: differenceCells(
        comparisons,
        [{ field: 'shown', dy: 1, fontSize: 12.5 }],
        differenceTooltip(baseline, { strategy: 'strategy', condition: axisTitle }),
      ),
    },
  });
}

/** A line per axis. */
function labelOf(axes: readonly GroupAxis[], { group }: Condition): string {
  return axes.map(({ text }) => text(group)).join('\n');
}

function alternativeText(title: string, { axes, baseline, conditions, strategies }: GainMatrix): string {
  const texts = conditions.map(({ group, comparisons }) => {
    const where = axes.map(({ name, text }) => `${name} ${text(group)}`).join(', ');
    const gains = strategies.flatMap((strategy) => {
      const found = comparisons.find((comparison) => comparison.strategy === strategy);
      return found ? `${strategy} ${signed(found.difference.mean, 3)} (${found.verdict})` : [];
    });
    return `${where}: ${gains.join(', ')}`;
  });
  return `${title}: gains over ${baseline} under ${counted(conditions.length, 'condition')}. ${texts.join('; ')}.`;
}

/** Transfer matrices as heat maps: a panel per strategy, a row per model that was trained, a column per model that asked. */
import {
  groupName,
  type MetricName,
  type TransferCell,
  type TransferMatrix,
  transferMatrices,
} from '../../analysis/index.ts';
import { groupBy } from '../../foundation/groupBy.ts';
import { slugs } from '../slugs.ts';
import type { ChartEntry, ChartOptions, NamedChart } from './chart.ts';
import { aubcTitle, rounded, seedsSentence, signed, subtitleLines } from './chartText.ts';
import { CELL_AXIS, differenceCells, differenceFields, differenceTooltip } from './differenceCells.ts';
import { namedChart } from './namedChart.ts';

const CELL_WIDTH = 118;
const CELL_HEIGHT = 48;
/** Panels that are wider together stand below each other, over one axis. */
const WANTED_WIDTH = 900;

export const transferMatrix: ChartEntry = {
  title: 'Labels that another model asked for',
  description:
    'Each model (row) trained on the labels that each query model (column) asked for: the difference in area under the budget ' +
    'curve to the baseline (random) on that very model, paired by seed, with its 95 % interval (BCa bootstrap). Framed: the model asked for itself. ' +
    'Bold: the interval is clear of 0 and the paired t-test, corrected by Holm, agrees.',
  needs:
    'It needs the baseline, and trials of the same seeds whose labels another model asked for ("queryModel" in the spec).',
  build({ groups, options }) {
    const titleOf = (matrix: TransferMatrix) => groupName({ ...matrix, model: '' }, groups, ['model']);
    const settings = groupBy(transferMatrices(groups, options), titleOf);
    const titles = settings.map(([first]) => titleOf(first));
    const names = slugs(titles);
    return settings.map((ofSetting, i) =>
      heatMaps({ name: names[i] as string, title: titles[i] as string }, ofSetting, options),
    );
  },
};

function heatMaps(
  names: Pick<NamedChart, 'name' | 'title'>,
  matrices: readonly TransferMatrix[],
  { metric = 'accuracy', over = 'labels', scheme }: ChartOptions,
): NamedChart {
  const cells = matrices.flatMap((matrix) => matrix.cells.map((cell) => ({ matrix, cell })));
  const all = <T>(look: (matrix: TransferMatrix) => readonly T[]): T[] => [
    ...new Set(matrices.flatMap(look)),
  ];
  const [models, queryModels] = [all((matrix) => matrix.models), all((matrix) => matrix.queryModels)];
  const width = CELL_WIDTH * queryModels.length;
  const baseline = matrices[0]?.baseline ?? '';
  const seeds = seedsSentence(
    cells.map(({ cell }) => cell.againstBaseline.numSeeds),
    'in brackets: 95\u00a0% interval, paired bootstrap (BCa)',
  );
  const what = `${aubcTitle(metric, over)} less that of ${baseline}`;
  return namedChart({
    ...{ ...names, scheme, alternativeText: alternativeText(names.title, matrices) },
    body: {
      title: { text: names.title, subtitle: subtitleLines([`${what}. ${seeds}`], Math.max(480, width)) },
      data: { values: cells.map(({ matrix, cell }) => rowOf(matrix.strategy, cell, metric)) },
      facet: {
        ...{ field: 'strategy', type: 'nominal', title: null },
        sort: matrices.map(({ strategy }) => strategy),
      },
      columns: width * matrices.length <= WANTED_WIDTH ? matrices.length : 1,
      spacing: 26,
      spec: {
        ...{ width, height: CELL_HEIGHT * models.length },
        encoding: {
          x: {
            ...{ field: 'query_model', type: 'nominal', sort: queryModels, title: 'asked by' },
            axis: { ...CELL_AXIS, labelAngle: 0 },
          },
          y: { field: 'model', type: 'nominal', sort: models, title: 'trained', axis: CELL_AXIS },
        },
        layer: [
          ...differenceCells(
            cells.map(({ cell }) => cell.againstBaseline),
            [
              { field: 'shown', dy: -8, fontSize: 13 },
              { field: 'interval', dy: 10, fontSize: 10.5 },
            ],
            differenceTooltip(
              baseline,
              { strategy: 'strategy', model: 'trained', query_model: 'asked by' },
              { against_own: 'less what it asked for itself' },
            ),
          ),
          {
            transform: [{ filter: 'datum.model === datum.query_model' }],
            mark: { type: 'rect', aria: false, filled: false, style: 'ink', strokeWidth: 1.5 },
          },
        ],
      },
    },
  });
}

function rowOf(
  strategy: string,
  { model, queryModel, againstBaseline, againstOwn }: TransferCell,
  metric: MetricName,
) {
  return {
    ...{ strategy, model, query_model: queryModel },
    ...differenceFields(againstBaseline, metric),
    ...(againstOwn && { against_own: rounded(againstOwn.difference.mean) }),
  };
}

function alternativeText(title: string, matrices: readonly TransferMatrix[]): string {
  const texts = matrices.flatMap(({ strategy, cells }) =>
    cells.map(({ model, queryModel, againstBaseline: { difference, verdict } }) => {
      return `${model} by ${strategy} of ${queryModel} ${signed(difference.mean)} (${verdict})`;
    }),
  );
  return `${title}: what labels that one model asked for bring another, against ${matrices[0]?.baseline}: ${texts.join('; ')}.`;
}

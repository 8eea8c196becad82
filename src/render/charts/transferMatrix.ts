/** Transfer matrices as heat maps: a panel per strategy, a row per model that was trained, a column per model that asked. */
import {
  groupName,
  metricTitles,
  spendings,
  type TransferCell,
  type TransferMatrix,
  transferMatrices,
} from '../../analysis/index.ts';
import { slugs } from '../slugs.ts';
import type { ChartEntry, ChartOptions, NamedChart } from './chart.ts';
import { rounded, seedsSentence, signed, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';

const CELL_WIDTH = 118;
const CELL_HEIGHT = 48;
/** Panels that are wider together stand below each other, over one axis. */
const WANTED_WIDTH = 900;
/** From this share of the largest difference on, ink of the page would be hard to read on the cell's colour. */
const STRONG_FROM = 0.75;

export const transferMatrix: ChartEntry = {
  title: 'Labels that another model asked for',
  description:
    'Each model (row) trained on the labels that each query model (column) asked for: the difference in area under the budget ' +
    'curve to the baseline (random) on that very model, paired by seed, with its 95 % interval (BCa bootstrap). Framed: the model asked for itself. ' +
    'Bold: the interval is clear of 0 and the paired t-test, corrected by Holm, agrees.',
  needs:
    'It needs the baseline, and trials of the same seeds whose labels another model asked for ("queryModel" in the spec).',
  build({ groups, options }) {
    const { baseline, metric, over } = options;
    const matrices = transferMatrices(groups, {
      ...(baseline && { baseline }),
      ...(metric && { metric }),
      ...(over && { over }),
    });
    const settings = new Map<string, TransferMatrix[]>();
    for (const matrix of matrices) {
      const title = groupName({ ...matrix, model: '' }, groups).replace(', ,', ',');
      settings.set(title, [...(settings.get(title) ?? []), matrix]);
    }
    const names = slugs([...settings.keys()]);
    return [...settings].map(([title, ofSetting], i) =>
      heatMaps({ name: names[i] as string, title }, ofSetting, options),
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
  const strongest = Math.max(
    1e-9,
    ...cells.map(({ cell }) => Math.abs(cell.againstBaseline.difference.mean)),
  );
  const sign = metricTitles[metric].better === 'higher' ? 1 : -1;
  const baseline = matrices[0]?.baseline;
  const seeds = seedsSentence(
    cells.map(({ cell }) => cell.againstBaseline.numSeeds),
    'in brackets: 95\u00a0% interval, paired bootstrap (BCa)',
  );
  const what = `AUBC (${metricTitles[metric].title} over ${spendings[over].noun}) less that of ${baseline}`;
  const axis = { domain: false, ticks: false, labelLimit: 0, labelPadding: 6 };
  const isStrong = `abs(datum.difference) >= ${STRONG_FROM * strongest}`;
  const text = (
    field: string,
    dy: number,
    fontSize: number,
    test: string,
    style: string,
    fontWeight = 'normal',
  ) => ({
    transform: [{ filter: test }],
    mark: {
      type: 'text' as const,
      aria: false,
      style,
      dy,
      fontSize,
      fontWeight: fontWeight as 'normal' | 'bold',
    },
    encoding: { text: { field, type: 'nominal' as const } },
  });
  const texts = [[`!(${isStrong})`, 'ink-on-low'] as const, [isStrong, 'ink-on-high'] as const].flatMap(
    ([test, style]) => [
      text('shown', -8, 13, `${test} && datum.verdict === 'undecided'`, style),
      text('shown', -8, 13, `${test} && datum.verdict !== 'undecided'`, style, 'bold'),
      text('interval', 10, 10.5, test, style),
    ],
  );
  return namedChart({
    ...{ ...names, scheme, alternativeText: alternativeText(names.title, matrices) },
    body: {
      title: { text: names.title, subtitle: subtitleLines([`${what}. ${seeds}`], Math.max(480, width)) },
      data: { values: cells.map(({ matrix, cell }) => rowOf(matrix.strategy, cell, sign)) },
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
            axis: { ...axis, labelAngle: 0 },
          },
          y: { field: 'model', type: 'nominal', sort: models, title: 'trained', axis },
        },
        layer: [
          {
            mark: { type: 'rect', aria: false, style: 'cell-gap', strokeWidth: 3 },
            encoding: {
              fill: {
                ...{ field: 'shade', type: 'quantitative', legend: null },
                scale: {
                  domain: [-strongest, 0, strongest],
                  range: 'diverging',
                  interpolate: 'rgb',
                  clamp: true,
                },
              },
              tooltip: tooltip(baseline ?? ''),
            },
          },
          ...texts,
          {
            transform: [{ filter: 'datum.model === datum.query_model' }],
            mark: { type: 'rect', aria: false, filled: false, style: 'ink', strokeWidth: 1.5 },
          },
        ],
      },
    },
  });
}

/** Blue where it is better than the baseline, whichever way the metric goes. */
function rowOf(
  strategy: string,
  { model, queryModel, againstBaseline, againstOwn }: TransferCell,
  sign: 1 | -1,
) {
  const { difference, bootstrapInterval, verdict, numSeeds, adjustedTPValue } = againstBaseline;
  const { lower, upper } = bootstrapInterval ?? { lower: difference.mean, upper: difference.mean };
  return {
    ...{ strategy, model, query_model: queryModel, verdict, seeds: numSeeds },
    ...{ difference: rounded(difference.mean), shade: rounded(sign * difference.mean) },
    ...{ lower: rounded(lower), upper: rounded(upper), p: rounded(adjustedTPValue) },
    ...(againstOwn && { against_own: rounded(againstOwn.difference.mean) }),
    shown: signed(difference.mean),
    interval: bootstrapInterval === undefined ? '' : `[${signed(lower)}, ${signed(upper)}]`,
  };
}

function tooltip(baseline: string) {
  const number = (field: string, title: string, format = '+.4f') => ({
    ...{ field, title, type: 'quantitative' as const, format },
  });
  return [
    { field: 'strategy', type: 'nominal' as const },
    { field: 'model', type: 'nominal' as const, title: 'trained' },
    { field: 'query_model', type: 'nominal' as const, title: 'asked by' },
    number('difference', `less ${baseline}`),
    ...[number('lower', '95 % from'), number('upper', '95 % to'), number('p', 'p (t, Holm)', '.4f')],
    number('against_own', 'less what it asked for itself'),
    { field: 'seeds', type: 'quantitative' as const },
    { field: 'verdict', type: 'nominal' as const },
  ];
}

function alternativeText(title: string, matrices: readonly TransferMatrix[]): string {
  const texts = matrices.flatMap(({ strategy, cells }) =>
    cells.map(({ model, queryModel, againstBaseline: { difference, verdict } }) => {
      return `${model} by ${strategy} of ${queryModel} ${signed(difference.mean)} (${verdict})`;
    }),
  );
  return `${title}: what labels that one model asked for bring another, against ${matrices[0]?.baseline}: ${texts.join('; ')}.`;
}

/** What each strategy saves on the way to an accuracy: a bar per strategy, censored ones open; a chart per group and target. */
import {
  BASELINE_STRATEGY,
  curveAxis,
  defaultTarget,
  type Group,
  type LabelSavings,
  type LabelsNeeded,
  labelSavings as savingsOf,
  spendings,
} from '../../analysis/index.ts';
import { textWidth } from '../textWidth.ts';
import type { ChartEntry, ChartInput, NamedChart } from './chart.ts';
import { rounded, STRATEGY_AXIS, shown, sourceParagraphs, styleOf, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';
import { perGroup } from './perGroup.ts';

const WIDTH = 480;
const ROW_HEIGHT = 30;
const SUBTITLE_WIDTH = 800;

export const labelSavings: ChartEntry = {
  title: 'Label savings',
  description:
    'How many labels fewer than the baseline (random) a strategy needs up to an accuracy: the median over seeds, in per cent of the ' +
    'baseline’s. An open bar with an arrow is censored: one of the two never got there, so that only a limit is known. ' +
    'Without a target of the user’s it is the accuracy that the baseline ends at.',
  needs: 'It needs the baseline and another strategy with finished trials.',
  build(input) {
    const { targets } = input.options;
    if (targets === undefined || targets.length === 0) {
      return perGroup(input, (group, names) => {
        const { over } = input.options;
        const target = defaultTarget(group.cells, curveAxis(group.cells, over));
        if (target === undefined) return undefined;
        const what = `${shown(target.value)}, where ${target.strategy} ends`;
        return savingsChart(input, group, { ...names, target: target.value, what });
      });
    }
    return targets.flatMap((target) =>
      perGroup(input, (group, { name, title }) =>
        savingsChart(input, group, {
          ...{ name: `${name}-to-${target}`, title: `${title}, to accuracy ${target}` },
          ...{ target, what: String(target) },
        }),
      ),
    );
  },
};

interface SavingsOptions extends Pick<NamedChart, 'name' | 'title'> {
  readonly target: number;
  /** The target in words. */
  readonly what: string;
}

function savingsChart(
  { options, styles: allStyles }: ChartInput,
  group: Group,
  { name, title, target, what }: SavingsOptions,
): NamedChart | undefined {
  const { over = 'labels', baseline = BASELINE_STRATEGY, scheme } = options;
  const isBound = (strategy: string) =>
    group.cells.some((cell) => cell.strategy === strategy && cell.isBound === true);
  const savings = savingsOf(group, target, { baseline, axis: curveAxis(group.cells, over) }).sort(
    (a, b) => Number(isBound(a.strategy)) - Number(isBound(b.strategy)) || rank(b) - rank(a),
  );
  const [first] = savings;
  if (first === undefined) return undefined;
  const strategies = savings.map(({ strategy }) => strategy);
  const { noun } = spendings[over];
  const needed = `${baseline}: ${neededText(first.neededByBaseline.median, noun)} (${reachedText(first.neededByBaseline)})`;
  const paragraphs = sourceParagraphs(`Target accuracy ${what}; medians over seeds. ${needed}.`, group);
  const rows = savings.map((each) => rowOf(each, noun));
  const longest = Math.ceil(Math.max(...rows.map(({ text }) => textWidth(text, 12))));
  const y = {
    ...{ field: 'strategy', type: 'nominal' as const, sort: strategies, title: null },
    axis: STRATEGY_AXIS,
  };
  const x = (field: string) => ({
    ...{ field, type: 'quantitative' as const, title: `${noun} saved against ${baseline}` },
    scale: { domain: domainOf(rows.map(({ value }) => value)), nice: false },
    axis: { grid: true, tickCount: 6, format: '.0%' },
  });
  const fill = { field: 'strategy', type: 'nominal' as const, scale: { domain: strategies }, legend: null };
  const stroke = { ...fill };
  const tooltip = ['strategy', 'text', 'seeds_text'].map((field) => ({ field, type: 'nominal' as const }));
  const isCensored = (wanted: boolean) => [{ filter: `${wanted ? '' : '!'}datum.censored` }];
  return namedChart({
    ...{ name, title, scheme, styles: strategies.map((strategy) => styleOf(allStyles, strategy)) },
    alternativeText: `${title}: ${noun} saved against ${baseline} up to accuracy ${shown(target)}: ${rows
      .map(({ strategy, text }) => `${strategy} ${text}`)
      .join('; ')}.`,
    body: {
      title: { text: title, subtitle: subtitleLines(paragraphs, SUBTITLE_WIDTH) },
      width: WIDTH,
      height: ROW_HEIGHT * savings.length,
      data: { values: rows },
      layer: [
        {
          transform: isCensored(false),
          mark: { type: 'bar', aria: false, height: 18 },
          encoding: { y, x: x('value'), x2: { datum: 0 }, fill, tooltip },
        },
        {
          transform: [...isCensored(true), { filter: 'isValid(datum.value)' }],
          mark: {
            type: 'bar',
            aria: false,
            height: 17,
            style: 'surface',
            strokeWidth: 1.5,
            strokeDash: [4, 3],
          },
          encoding: { y, x: x('value'), x2: { datum: 0 }, stroke, tooltip },
        },
        {
          transform: [...isCensored(true), { filter: 'isValid(datum.value)' }],
          mark: { type: 'point', aria: false, filled: true, size: 120, opacity: 1 },
          encoding: {
            ...{ y, x: x('value'), fill },
            shape: {
              condition: { test: 'datum.limit === "at most"', value: 'triangle-left' },
              value: 'triangle-right',
            },
          },
        },
        {
          data: { values: [{ zero: 0 }] },
          mark: { type: 'rule', aria: false, style: 'reference', strokeWidth: 1.5 },
          encoding: { x: x('zero') },
        },
        {
          mark: { type: 'text', aria: false, style: 'ink', align: 'left', fontSize: 12 },
          encoding: { y, x: { value: WIDTH + 14 }, text: { field: 'text', type: 'nominal' } },
        },
        {
          mark: { type: 'text', aria: false, style: 'ink-soft', align: 'left', fontSize: 12 },
          encoding: { y, x: { value: WIDTH + 34 + longest }, text: { field: 'seeds_text', type: 'nominal' } },
        },
      ],
    },
  });
}

function rowOf({ strategy, baseline, needed, savings, atMost, atLeast }: LabelSavings, noun: string) {
  const value = savings ?? atMost ?? atLeast;
  const share = (text: string, saved: number) => `${text}${shown(100 * saved, 0)} %`;
  const saved =
    savings !== undefined
      ? share('', savings)
      : atMost !== undefined
        ? share('< ', atMost)
        : atLeast !== undefined
          ? share('> ', atLeast)
          : 'cannot be told';
  return {
    ...{ strategy, baseline, censored: savings === undefined },
    ...(value !== undefined && { value: rounded(value) }),
    ...(atMost !== undefined && { limit: 'at most' }),
    ...(atLeast !== undefined && { limit: 'at least' }),
    text: `${saved}, ${neededText(needed.median, noun)}`,
    seeds_text: reachedText(needed),
  };
}

function neededText(median: LabelsNeeded, noun: string): string {
  const number = (value: number) => Number(value.toFixed(2)).toLocaleString('en');
  return median.reached ? `${number(median.spent)} ${noun}` : `more than ${number(median.budget)} ${noun}`;
}

function reachedText({ numReached, numSeeds }: LabelSavings['needed']): string {
  return numSeeds === 1
    ? `the one seed ${numReached === 1 ? 'got' : 'did not get'} there`
    : `${numReached} of ${numSeeds} seeds got there`;
}

/** For sorting: what cannot be told comes last. */
function rank({ savings, atMost, atLeast }: LabelSavings): number {
  return savings ?? atLeast ?? atMost ?? -Infinity;
}

/** At least from −3 to 10 %, so that an arrow at 0 is whole and ticks are whole per cents. */
function domainOf(values: readonly (number | undefined)[]): [number, number] {
  const known = values.flatMap((value) => value ?? []);
  const [lowest, highest] = [Math.min(0, ...known), Math.max(0, ...known)];
  const margin = 0.05 * (highest - lowest);
  return [Math.min(lowest - margin, -0.03), Math.max(highest + margin, 0.1)];
}

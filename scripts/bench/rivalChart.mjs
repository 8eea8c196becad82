// The comparisons with rivals as bars on a logarithmic axis: to the right of 1 querybench is faster.
import { CHART_FONT, chartTheme } from '../../dist/render/chartTheme.js';

const faster = '#2f6f9f';
const slower = '#b5532f';

/** A Vega-Lite spec. A bar ends at the median ratio, the thin line spans all repetitions, the tick is the goal. */
export function rivalChart(rows, { cpu, cores }) {
  const values = rows.map(({ what, against, value, range, goal }) => ({
    ...{ label: `${what}|vs ${against}`, value, low: range[0], high: range[1], goal: goal.least, one: 1 },
    text: `${value >= 10 ? value.toFixed(0) : value.toFixed(2)} ×`,
  }));
  const lowest = Math.min(0.8, ...values.map(({ low }) => low));
  const highest = Math.max(...values.map(({ high, goal }) => Math.max(high, goal)));
  const y = {
    field: 'label',
    type: 'nominal',
    sort: null,
    axis: {
      ...{
        title: null,
        labelExpr: "split(datum.label, '|')",
        labelLimit: 420,
        labelPadding: 10,
        labelLineHeight: 15,
        labelOffset: -8,
      },
      ...{ ticks: false, domain: false, grid: false },
    },
  };
  const scale = { type: 'log', domain: [lowest * 0.9, highest * 1.6], nice: false };
  const ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 200].filter(
    (tick) => tick >= lowest * 0.9 && tick <= highest * 1.6,
  );
  const axis = { title: 'times as fast', values: ticks, grid: true, format: '~g' };
  const x = (field) => ({ field, type: 'quantitative', scale, axis });
  return {
    title: {
      text: 'querybench against what a user would pick instead',
      subtitle: `Rate over the rival’s, both turn by turn; bar: median, line: all repetitions, dark tick: goal. ${cores} cores, ${cpu}`,
    },
    width: 520,
    height: 46 * rows.length,
    autosize: { type: 'none', contains: 'content' },
    // Reckoned here: Vega without a canvas only guesses how wide text is.
    padding: { left: 300, right: 170, top: 66, bottom: 56 },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', height: 20 },
        encoding: {
          ...{ y, x: { ...x('one'), title: 'times as fast' }, x2: { field: 'value' } },
          color: { condition: { test: 'datum.value >= 1', value: faster }, value: slower },
        },
      },
      {
        mark: { type: 'rule', color: '#1c1c1c', strokeWidth: 1.5 },
        encoding: { y, x: x('low'), x2: { field: 'high' } },
      },
      { mark: { type: 'tick', color: '#1c1c1c', thickness: 3, size: 32 }, encoding: { y, x: x('goal') } },
      {
        mark: { type: 'text', align: 'left', dx: 10, fontSize: 12.5, fontWeight: 'bold', font: CHART_FONT },
        encoding: { y, x: x('reach'), text: { field: 'text' } },
      },
    ],
    transform: [{ calculate: 'max(datum.high, datum.goal, 1)', as: 'reach' }],
    config: chartTheme(),
  };
}

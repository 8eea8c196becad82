// Seconds and gigabytes of each strategy over the size of the pool, both axes logarithmic.
import { CHART_FONT, chartTheme } from '../../dist/render/chartTheme.js';

/** A Vega-Lite spec: two panels side by side, one line per strategy, its name at the line's end. */
export function strategyScalingChart(rows, { width, numClasses, numLabelled, k }) {
  const values = rows
    .filter(({ seconds }) => seconds !== undefined)
    .map((row) => ({ ...row, gigabytes: row.peak / 1e9 }));
  const panel = (field, title) => ({
    ...{ width: 420, height: 420, title: { text: title, fontSize: 13 } },
    encoding: {
      x: {
        ...{ field: 'numPool', type: 'quantitative', scale: { type: 'log' } },
        axis: { title: 'samples in the pool', format: '~s', values: [1e3, 1e4, 1e5, 1e6] },
      },
      y: {
        ...{ field, type: 'quantitative', scale: { type: 'log' } },
        axis: { title: null, format: '~g', tickCount: 6 },
      },
      color: {
        ...{ field: 'strategy', type: 'nominal', sort: null, scale: { scheme: 'tableau20' } },
        legend: field === 'seconds' ? null : { title: null, symbolType: 'stroke', symbolStrokeWidth: 3 },
      },
    },
    layer: [
      { mark: { type: 'line', strokeWidth: 1.5 } },
      { mark: { type: 'point', filled: true, size: 30 } },
    ],
  });
  return {
    title: {
      text: 'Time and memory of a query over the size of the pool',
      subtitle: `k = ${k}, d = ${width}, C = ${numClasses}, K = 20, L = ${numLabelled}, one thread; a line ends where a strategy refuses`,
      font: CHART_FONT,
    },
    data: { values },
    hconcat: [panel('seconds', 'seconds'), panel('gigabytes', 'gigabytes of the process at its peak')],
    config: chartTheme,
  };
}

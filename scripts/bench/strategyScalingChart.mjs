// Seconds and gigabytes of each strategy over the size of the pool, both axes logarithmic, each line named at its end.
import { chartTheme } from '../../dist/render/chartTheme.js';

const [panelWidth, panelHeight] = [400, 560];
/** Pixels between names. */
const NAME_HEIGHT = 15;
const colours = ['#1f6fa8', '#c4572a', '#3b8a4f', '#8656a3', '#a07a16', '#c23b6f', '#2a9494', '#5c5c5c'];

/** A Vega-Lite spec: two panels side by side. */
export function strategyScalingChart(rows, { width, numClasses, numLabelled, k }) {
  const measured = rows.filter(({ seconds }) => seconds !== undefined);
  return {
    title: {
      text: 'Time and memory of a query over the size of the pool',
      subtitle: `k = ${k}, d = ${width}, C = ${numClasses}, K = 20, L = ${numLabelled}, one thread; a line ends where a strategy refuses`,
    },
    hconcat: [
      panel(measured, ({ seconds }) => seconds, 'seconds'),
      panel(measured, ({ peak }) => peak / 1e9, 'gigabytes of the process at its peak'),
    ],
    config: chartTheme,
  };
}

function panel(rows, quantity, title) {
  const values = rows.map((row) => ({ strategy: row.strategy, numPool: row.numPool, value: quantity(row) }));
  const names = [...new Set(values.map(({ strategy }) => strategy))];
  const all = values.map(({ value }) => value);
  const domain = [Math.min(...all) / 1.5, Math.max(...all) * 1.5];
  const [first, last] = [
    Math.min(...values.map(({ numPool }) => numPool)),
    Math.max(...values.map(({ numPool }) => numPool)),
  ];
  const ends = names.map((name) => values.findLast(({ strategy }) => strategy === name));
  const ticks = (range) => powersOfTen(...range).filter((tick) => tick >= range[0] && tick <= range[1]);
  const x = (field) => ({
    ...{ field, type: 'quantitative', scale: { type: 'log', domain: [first, last * 4] } },
    axis: { title: 'samples in the pool', format: '~s', values: ticks([first, last]), grid: false },
  });
  const y = (field) => ({
    ...{ field, type: 'quantitative', scale: { type: 'log', domain, nice: false } },
    axis: { title: null, format: '~g', values: ticks(domain) },
  });
  const color = {
    field: 'strategy',
    type: 'nominal',
    scale: { domain: names, range: colours },
    legend: null,
  };
  const pixelsPerDecade = panelHeight / Math.log10(domain[1] / domain[0]);
  const labels = spread(ends, NAME_HEIGHT / pixelsPerDecade, domain).map((end) => ({
    ...end,
    labelX: last * 1.25,
    lineX: last * 1.2,
  }));
  return {
    ...{ width: panelWidth, height: panelHeight, title: { text: title, fontSize: 13, fontWeight: 'normal' } },
    layer: [
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 1.5 },
        encoding: { x: x('numPool'), y: y('value'), color },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 26 },
        encoding: { x: x('numPool'), y: y('value'), color },
      },
      {
        data: { values: labels },
        mark: { type: 'rule', strokeWidth: 0.6 },
        encoding: { x: x('numPool'), y: y('value'), x2: { field: 'lineX' }, y2: { field: 'labelY' }, color },
      },
      {
        data: { values: labels },
        mark: { type: 'text', align: 'left', fontSize: 11.5 },
        encoding: { x: x('labelX'), y: y('labelY'), text: { field: 'strategy' }, color },
      },
    ],
  };
}

/** Names beside their lines' ends, moved apart to `gap` decades: from the lowest up, and where that leaves the panel, down. */
function spread(ends, gap, [low, high]) {
  const sorted = ends
    .toSorted((a, b) => a.value - b.value)
    .map((end) => ({ ...end, at: Math.log10(end.value) }));
  let floor = Math.log10(low) + gap / 2;
  for (const end of sorted) {
    end.at = Math.max(end.at, floor);
    floor = end.at + gap;
  }
  let ceiling = Math.log10(high) - gap / 2;
  for (const end of sorted.toReversed()) {
    end.at = Math.min(end.at, ceiling);
    ceiling = end.at - gap;
  }
  return sorted.map(({ at, ...end }) => ({ ...end, labelY: 10 ** at }));
}

function powersOfTen(low, high) {
  const first = Math.floor(Math.log10(low));
  return Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => 10 ** (first + i));
}

/** Runs in the page. A group's learning curves as they grow into the room that the plan gives them. */
/// <reference lib="dom" />
import type { LiveCell, LiveGroup, StrategyLook } from '../messages.ts';
import { type CurveLine, curveLine } from './curveLine.ts';
import type { ChartTexts } from './drawnCurves.ts';
import { html, setAttributes, setText, svg } from './element.ts';
import { addReadout } from './readout.ts';
import { type Axis, exactAxis, roundAxis, toPixels } from './scale.ts';

export interface CurveChart {
  readonly figure: HTMLElement;
  update(cells: readonly LiveCell[], isolated: ReadonlySet<string>): void;
}

const MARGIN = { left: 52, right: 16, top: 10, bottom: 44 };
const MOST_BANDS = 3;

let numCharts = 0;

export function curveChart(
  { name, extent }: LiveGroup,
  styles: Readonly<Record<string, StrategyLook>>,
  texts: ChartTexts,
): CurveChart {
  const clip = `clip-${++numCharts}`;
  const rect = svg('rect');
  const [grid, xAxis, lines] = [
    svg('g', { class: 'grid' }),
    svg('g', { class: 'axis' }),
    svg('g', { 'clip-path': `url(#${clip})` }),
  ];
  const canvas = svg('svg', { 'aria-hidden': 'true' }, [
    svg('defs', {}, [svg('clipPath', { id: clip }, [rect])]),
    grid,
    xAxis,
    lines,
  ]);
  const label = `Learning curves, ${name}. Left and right arrow read their values.`;
  const plot = html('div', { class: 'plot', tabindex: 0, role: 'group', 'aria-label': label }, [canvas]);
  const count = html('span', { class: 'soft' });
  const figure = html('figure', { class: 'card chart' }, [
    html('figcaption', {}, [html('strong', {}, [name]), ' ', count]),
    plot,
  ]);
  const byStrategy = new Map<string, CurveLine>();
  let cells: readonly LiveCell[] = [];
  let isolated: ReadonlySet<string> = new Set();
  let domain: [number, number] | undefined;
  const readout = addReadout(plot, styles, texts);

  function lineOf(strategy: string): CurveLine {
    const known = byStrategy.get(strategy);
    if (known !== undefined) return known;
    const line = curveLine(styles[strategy]);
    byStrategy.set(strategy, line);
    lines.append(line.group);
    return line;
  }

  function draw(): void {
    const width = plot.clientWidth;
    if (width === 0) return;
    const height = Math.round(Math.min(380, Math.max(230, width * 0.56)));
    const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
    setAttributes(canvas, { width, height, viewBox: `0 0 ${width} ${height}` });
    setAttributes(rect, { x: MARGIN.left - 5, y: 0, width: right - MARGIN.left + 10, height: bottom + 5 });
    const spans = cells.flatMap(({ curve }) => curve.spent);
    const xs = exactAxis([extent[0], Math.max(extent[1], ...spans)], Math.max(3, Math.floor(width / 90)));
    domain = widen(domain, cells);
    const ys = roundAxis(domain ?? [0, 1], 5);
    const x = toPixels(xs, MARGIN.left, right);
    const y = toPixels(ys, bottom, MARGIN.top);
    drawGrid(ys, y, right);
    drawAxis(xs, x, bottom, right);
    const shown = cells.filter(({ strategy }) => isolated.size === 0 || isolated.has(strategy));
    for (const cell of cells) {
      const line = lineOf(cell.strategy);
      const isShown = isolated.size === 0 || isolated.has(cell.strategy);
      line.draw(cell, { x, y, withBand: isShown && shown.length <= MOST_BANDS });
      setAttributes(line.group, { class: isShown ? 'curve' : 'curve faded' });
    }
    const [finished, planned] = [sum(cells, 'numFinished'), sum(cells, 'numPlanned')];
    const hasBegun = cells.some(({ curve }) => curve.spent.length > 0);
    setText(count, hasBegun ? `${finished} of ${planned} trials finished` : 'not begun');
    readout.place({ cells: shown, x, top: MARGIN.top, bottom });
  }

  function drawGrid({ ticks, label }: Axis, y: (value: number) => number, right: number): void {
    fill(
      grid,
      ticks.map((tick) => [
        svg('line', { x1: MARGIN.left, x2: right, y1: y(tick), y2: y(tick) }),
        svg('text', { x: MARGIN.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, [label(tick)]),
      ]),
      ticks.join() + right + y(0),
    );
  }

  function drawAxis(
    { ticks, label }: Axis,
    x: (value: number) => number,
    bottom: number,
    right: number,
  ): void {
    fill(
      xAxis,
      [
        [
          svg('line', { x1: MARGIN.left, x2: right, y1: bottom, y2: bottom }),
          svg(
            'text',
            { class: 'title', x: (MARGIN.left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' },
            [texts.xTitle],
          ),
        ],
        ...ticks.map((tick) => [
          svg('text', { x: x(tick), y: bottom + 19, 'text-anchor': 'middle' }, [label(tick)]),
        ]),
      ],
      ticks.join() + right + bottom,
    );
  }

  new ResizeObserver(draw).observe(plot);
  return {
    figure,
    update(newCells, newIsolated) {
      [cells, isolated] = [newCells, newIsolated];
      draw();
    },
  };
}

/** Only where something differs from last time. */
function fill(group: SVGGElement, children: readonly (readonly Node[])[], key: string): void {
  if (group.dataset.key === key) return;
  group.dataset.key = key;
  group.replaceChildren(...children.flat());
}

/** Values never leave, so that axes stand still but for growing. */
function widen(
  known: [number, number] | undefined,
  cells: readonly LiveCell[],
): [number, number] | undefined {
  const values = cells.flatMap(({ curve }) => curve.mean);
  if (values.length === 0) return known;
  const low = values.reduce((a, b) => Math.min(a, b), known?.[0] ?? 1);
  const high = values.reduce((a, b) => Math.max(a, b), known?.[1] ?? 0);
  return [low, Math.max(high, low + 0.02)];
}

function sum(cells: readonly LiveCell[], key: 'numFinished' | 'numPlanned'): number {
  return cells.reduce((total, cell) => total + cell[key], 0);
}

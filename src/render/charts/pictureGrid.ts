/** A row of pictures per strategy, each with its class beneath, and gaps between rounds. Data are pixels, from the upper left. */
import type { Layers } from './curveLayers.ts';
import type { SamplePicture } from './samplePicture.ts';

export interface PickedSample {
  /** 1 for the first query. */
  readonly round: number;
  readonly row: number;
  /** The class, as it is to be shown. */
  readonly label: string;
  /** The oracle said something else, or nothing. */
  readonly isWrong: boolean;
}

/** Pictures are shown in half pixels, as many as it takes to get there: crisp at twice the size, which is that of a PNG. */
const SMALLEST_TILE = 40;
/** The eye makes more of so few pixels (side) where they flow into each other. */
const COARSE = 16;
const GAP = 4;
/** Between the pictures of two rounds. */
const ROUND_GAP = 18;
/** Under a picture, for its class. */
const CLASS_HEIGHT = 15;
const ROW_GAP = 10;
/** Over the first row, for the rounds. */
const HEADING_HEIGHT = 22;

export interface PictureGrid {
  readonly width: number;
  readonly height: number;
  readonly layer: Layers;
}

/** @param picks of each strategy, in the order of preference; `pictures` has one of every row among them */
export function pictureGrid(
  strategies: readonly string[],
  picks: readonly (readonly PickedSample[])[],
  pictures: ReadonlyMap<number, SamplePicture>,
): PictureGrid {
  const sides = [...pictures.values()].map(({ width, height }) => Math.max(width, height));
  const side = Math.max(...sides);
  const scale = Math.ceil(SMALLEST_TILE / (side / 2)) / 2;
  const tile = side * scale;
  const pitch = tile + CLASS_HEIGHT + ROW_GAP;
  const tiles = picks.flatMap((own, i) =>
    own.map(({ round, row, label }, place) => {
      const { url, width, height } = pictures.get(row) as SamplePicture;
      return {
        ...{ strategy: strategies[i] as string, round, row, class: label, url },
        x: place * (tile + GAP) + roundsBefore(own, place) * (ROUND_GAP - GAP) + tile / 2,
        y: HEADING_HEIGHT + i * pitch + tile / 2,
        ...{ width: width * scale, height: height * scale },
      };
    }),
  );
  const names = strategies.map((strategy, i) => ({
    strategy,
    x: -12,
    y: HEADING_HEIGHT + i * pitch + tile / 2,
  }));
  const size = {
    width: Math.max(...tiles.map(({ x }) => x)) + tile / 2,
    height: HEADING_HEIGHT + strategies.length * pitch,
  };
  return {
    ...size,
    layer: [
      {
        data: { values: headings(tiles, tile) },
        mark: { type: 'text', aria: false, style: 'ink-soft', fontSize: 12, align: 'left', baseline: 'top' },
        encoding: { x: at('x'), y: { value: 0 }, text: { field: 'round', type: 'quantitative' } },
      },
      {
        data: { values: [{ x: -12 }] },
        mark: { type: 'text', aria: false, style: 'ink-soft', fontSize: 12, align: 'right', baseline: 'top' },
        encoding: { x: at('x'), y: { value: 0 }, text: { value: 'query' } },
      },
      {
        data: { values: names },
        mark: { type: 'text', aria: false, style: 'ink', fontSize: 13, align: 'right', baseline: 'middle' },
        encoding: { x: at('x'), y: at('y'), text: { field: 'strategy', type: 'nominal' } },
      },
      {
        data: { values: tiles },
        mark: {
          ...{ type: 'image', aria: false, smooth: side < COARSE },
          ...{ width: { expr: 'datum.width' }, height: { expr: 'datum.height' } },
        },
        encoding: {
          ...{ x: at('x'), y: at('y'), url: { field: 'url', type: 'nominal' } },
          tooltip: ['strategy', 'round', 'class', 'row'].map((field) => ({ field, type: 'nominal' })),
        },
      },
      {
        data: { values: tiles.map(({ url: _, ...rest }) => ({ ...rest, y: rest.y + tile / 2 + 3 })) },
        mark: {
          ...{ type: 'text', aria: false, style: 'ink-soft', fontSize: 10, baseline: 'top' },
          limit: tile + GAP - 2,
        },
        encoding: { x: at('x'), y: at('y'), text: { field: 'class', type: 'nominal' } },
      },
    ],
  };
}

/** How many rounds end before a place. */
function roundsBefore(own: readonly PickedSample[], place: number): number {
  return new Set(own.slice(0, place + 1).map(({ round }) => round)).size - 1;
}

/** The number of each round over its first picture, and at the left what is numbered. */
function headings(tiles: readonly { readonly round: number; readonly x: number }[], tile: number) {
  const starts = new Map<number, number>();
  for (const { round, x } of tiles) {
    const start = x - tile / 2;
    starts.set(round, Math.min(starts.get(round) ?? start, start));
  }
  return [...starts].map(([round, x]) => ({ round, x }));
}

function at(field: string) {
  return { field, type: 'quantitative' as const, scale: null };
}

/**
 * Which colour and dash a strategy has. Those that ship have theirs by name, the same in every chart, report and run; a name of
 * the user's has what its hash says, or the next that is free. Colours are Okabe and Ito's, which colour-blind readers
 * tell apart (https://jfly.uni-koeln.de/color/), less yellow, which vanishes on white, and with Paul Tol's wine added; on a
 * dark page they are lighter. Strategies of one colour differ in their dash.
 */
import type { SummaryRow } from '../analysis/index.ts';
import { contentHash } from '../foundation/contentHash.ts';

export interface StrategyStyle {
  /** `#rrggbb`, for a white or light background. */
  readonly color: string;
  /** The same hue on a black or dark background. */
  readonly darkColor: string;
  /** Lengths of strokes and gaps in pixels; empty for a solid line. */
  readonly dash: readonly number[];
  /** The nearest colour of the 256 that terminals have. */
  readonly terminalColor: number;
}

export type StrategyStyles = ReadonlyMap<string, StrategyStyle>;

const hues = [
  { color: '#0072B2', darkColor: '#4C9BE0', terminalColor: 32 }, // blue
  { color: '#D55E00', darkColor: '#F27D33', terminalColor: 166 }, // vermillion
  { color: '#009E73', darkColor: '#1FBF92', terminalColor: 36 }, // bluish green
  { color: '#CC79A7', darkColor: '#E3A3C6', terminalColor: 175 }, // reddish purple
  { color: '#E69F00', darkColor: '#F2B93B', terminalColor: 214 }, // orange
  { color: '#56B4E9', darkColor: '#A6DDFB', terminalColor: 117 }, // sky blue
  { color: '#882255', darkColor: '#D4639B', terminalColor: 89 }, // wine
] as const;

const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [9, 2, 2, 2]];

/** The baseline is the grey dashed line, as in print: context for the others rather than one of them. */
const baseline: StrategyStyle = {
  ...{ color: '#5F5F5F', darkColor: '#A9ADB5', terminalColor: 245 },
  dash: [5, 3],
};

/** What looks at labels is dotted, and black (or white) as long as it is alone. */
const boundColor = { color: '#1A1A1A', darkColor: '#F2F2F2', terminalColor: 250 };
const boundDash = [1.5, 3];

/** Those that ship, a dash a row and a hue a column: what is often compared stands in one row. */
const usualPlaces: readonly (readonly string[])[] = [
  ['margin', 'entropy', 'least-confidence', 'ratio', 'badge', 'k-center', 'bald'],
  ['typiclust', 'mc-entropy', 'k-means', 'epig', 'weighted-k-means', 'prob-cover', 'batch-bald'],
  ['cluster-margin', 'qbc-vote-entropy', 'variation-ratio', 'qbc-kl', 'coral', 'mean-std', 'class-entropy'],
  ['information-density', 'discriminative', 'class-probability'],
];

const usualPlace = new Map(
  usualPlaces.flatMap((row, dash) =>
    row.map((name, hue): [string, number] => [name, dash * hues.length + hue]),
  ),
);

/**
 * Styles for all strategies of a report, all different while there are no more than 28 besides `random`. `bounds` are
 * those of `names` that look at labels.
 */
export function strategyStyles(names: Iterable<string>, bounds: Iterable<string> = []): StrategyStyles {
  const unique = [...new Set(names)].sort();
  const isBound = new Set(bounds);
  const ranked = unique.filter((name) => name !== 'random' && !isBound.has(name));
  const places = new Map<string, number>();
  const taken = new Set<number>();
  const take = (name: string, place: number) => {
    taken.add(place);
    places.set(name, place);
  };
  for (const name of ranked) {
    const place = usualPlace.get(name);
    if (place !== undefined) take(name, place);
  }
  for (const name of ranked) if (!places.has(name)) take(name, freePlace(hashOf(name) % hues.length, taken));
  const boundNames = unique.filter((name) => isBound.has(name));
  const styleOf = (name: string): StrategyStyle => {
    const place = places.get(name);
    if (place !== undefined) return styleAt(place);
    const i = boundNames.indexOf(name);
    if (i < 0) return baseline;
    return { ...(i === 0 ? boundColor : (hues[i % hues.length] ?? boundColor)), dash: boundDash };
  };
  return new Map(unique.map((name) => [name, styleOf(name)]));
}

/** Styles for the strategies of a report's table. */
export function stylesOf(rows: readonly Pick<SummaryRow, 'strategy' | 'isBound'>[]): StrategyStyles {
  const names = (some: typeof rows) => some.map((row) => row.strategy);
  return strategyStyles(names(rows), names(rows.filter((row) => row.isBound)));
}

/** The first place from `wanted` on that nobody has: first through all hues, then through all hues dashed, and so on. */
function freePlace(wanted: number, taken: ReadonlySet<number>): number {
  for (let round = 0; ; round++) {
    for (let step = 0; step < hues.length; step++) {
      const place = round * hues.length + ((wanted + step) % hues.length);
      if (!taken.has(place)) return place;
    }
  }
}

function styleAt(place: number): StrategyStyle {
  const hue = hues[place % hues.length] ?? hues[0];
  return { ...hue, dash: dashes[Math.floor(place / hues.length) % dashes.length] ?? [] };
}

function hashOf(name: string): number {
  return contentHash(name).readUInt32LE(0);
}

/**
 * Which colour and dash a strategy has. A name keeps its style in every chart of a report, and the strategies that
 * every report shows keep theirs in every report. Colours are Okabe and Ito's, which colour-blind readers tell apart
 * (https://jfly.uni-koeln.de/color/), less yellow, which vanishes on white, and with Paul Tol's wine added.
 */
import type { SummaryRow } from '../analysis/index.ts';
import { contentHash } from '../foundation/contentHash.ts';

export interface StrategyStyle {
  /** `#rrggbb`, for a white or light background. */
  readonly color: string;
  /** Lengths of strokes and gaps in pixels; empty for a solid line. */
  readonly dash: readonly number[];
  /** The nearest colour of the 256 that terminals have. */
  readonly terminalColor: number;
}

export type StrategyStyles = ReadonlyMap<string, StrategyStyle>;

/** More lines than this, and each gets a dash of its own besides its colour. */
const MAXIMUM_SOLID_LINES = 6;

const hues = [
  { color: '#0072B2', terminalColor: 32 }, // blue
  { color: '#D55E00', terminalColor: 166 }, // vermillion
  { color: '#009E73', terminalColor: 36 }, // bluish green
  { color: '#CC79A7', terminalColor: 175 }, // reddish purple
  { color: '#E69F00', terminalColor: 214 }, // orange
  { color: '#56B4E9', terminalColor: 117 }, // sky blue
  { color: '#882255', terminalColor: 89 }, // wine
];

const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [9, 2, 2, 2]];

/** The baseline is the grey dashed line, as in print: context for the others rather than one of them. */
const baseline: StrategyStyle = { color: '#5F5F5F', dash: [5, 3], terminalColor: 245 };

/** What looks at labels is dotted, and black as long as it is alone. */
const boundColor = { color: '#1A1A1A', terminalColor: 250 };
const boundDash = [1.5, 3];

/** Place in `hues` of the strategies that ship. */
const usualHues: Readonly<Record<string, number>> = {
  margin: 0,
  entropy: 1,
  'least-confidence': 2,
  ratio: 3,
};

/**
 * Styles for all strategies of a report, all different while there are no more than 28 besides `random`. `bounds` are
 * those of `names` that look at labels.
 */
export function strategyStyles(names: Iterable<string>, bounds: Iterable<string> = []): StrategyStyles {
  const unique = [...new Set(names)].sort();
  const isBound = new Set(bounds);
  const isUsual = (name: string) => Object.hasOwn(usualHues, name);
  const ordered = [...unique.filter(isUsual), ...unique.filter((name) => !isUsual(name))];
  const taken = new Set<number>();
  const styles = new Map<string, StrategyStyle>();
  for (const name of ordered) {
    if (name === 'random' || isBound.has(name)) continue;
    const place = freePlace(usualHues[name] ?? hashOf(name) % hues.length, taken);
    taken.add(place);
    styles.set(name, styleAt(place, unique.length > MAXIMUM_SOLID_LINES));
  }
  unique
    .filter((name) => isBound.has(name))
    .forEach((name, i) => {
      styles.set(name, {
        ...(i === 0 ? boundColor : (hues[i % hues.length] ?? boundColor)),
        dash: boundDash,
      });
    });
  return new Map(unique.map((name) => [name, styles.get(name) ?? baseline]));
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

function styleAt(place: number, dashEach: boolean): StrategyStyle {
  const hue = place % hues.length;
  const round = Math.floor(place / hues.length);
  const dash = dashes[(round + (dashEach ? hue : 0)) % dashes.length] ?? [];
  return { ...(hues[hue] as (typeof hues)[number]), dash };
}

function hashOf(name: string): number {
  return contentHash(name).readUInt32LE(0);
}

/** A curve in parts: where a strategy gains, and how steadily. */
import { aubc } from './aubc.ts';
import type { CurvePoint } from './learningCurve.ts';

export interface CurvePhases {
  /** Mean height of the first and of the last five measurements, or of all where there are fewer. */
  readonly start: number;
  readonly end: number;
  /**
   * AUBC of the part up to where the curve first has 95 % of its whole rise, and of the part after; undefined where a part has
   * no width.
   */
  readonly rampUp?: number;
  readonly plateau?: number;
  /** Mean drop below the best value so far, over the measurements after the first. 0: a curve that never falls. */
  readonly instability: number;
}

const NUM_AT_ENDS = 5;
const SHARE_OF_RISE = 0.95;

/** RangeError without points. */
export function curvePhases(points: readonly CurvePoint[]): CurvePhases {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('A curve needs at least one point.');
  const mean = (part: readonly CurvePoint[]) => part.reduce((sum, { value }) => sum + value, 0) / part.length;
  const best = Math.max(...points.map(({ value }) => value));
  const bend = points.findIndex(({ value }) => value >= first.value + SHARE_OF_RISE * (best - first.value));
  const [rising, flat] = [points.slice(0, bend + 1), points.slice(bend)];
  let [highest, drops] = [first.value, 0];
  for (const { value } of points.slice(1)) {
    highest = Math.max(highest, value);
    drops += highest - value;
  }
  return {
    start: mean(points.slice(0, NUM_AT_ENDS)),
    end: mean(points.slice(-NUM_AT_ENDS)),
    ...(rising.length > 1 && { rampUp: aubc(rising) }),
    ...(flat.length > 1 && { plateau: aubc(flat) }),
    instability: points.length > 1 ? drops / (points.length - 1) : 0,
  };
}

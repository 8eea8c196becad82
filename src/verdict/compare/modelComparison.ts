/** What a comparison of an old with a new one found, as data: text, JSON and exit code are made of it. */
import type { Interval } from '../../analysis/index.ts';

/** `update_model`: the new one wins by enough. `discard`: it does not, or not surely enough where that was asked for. */
export type Action = 'update_model' | 'discard';

interface ComparedMetric {
  /** `accuracy`, `aubc`, … as on the command line. */
  readonly name: string;
  /** For a reader, what it is of included. */
  readonly title: string;
  readonly better: 'higher' | 'lower';
  /** One class alone. */
  readonly className?: string;
  /** Of boxes. */
  readonly iouThreshold?: number;
}

/** By what the two are paired, and how the interval is made. */
interface Pairing {
  readonly unit: 'seeds' | 'rows' | 'images';
  readonly count: number;
  readonly method: 'student' | 'bootstrap';
  readonly level: number;
}

interface ComparedValue {
  readonly name: string;
  readonly value: number;
}

/** One class; a value is absent where the class has none, as the precision of a class without rows. */
export interface ClassValues {
  readonly name: string;
  /** Rows, or boxes, of the class. */
  readonly count: number;
  readonly old?: number;
  readonly new?: number;
}

interface SeedValues {
  readonly seed: number;
  readonly old: number;
  readonly new: number;
}

/** What was measured of the two, before it is judged. */
interface Measured {
  readonly kind: 'results' | 'models' | 'detections';
  /** Of what both values are: `10,000 test rows of mnist`. */
  readonly subject: string;
  readonly metric: ComparedMetric;
  readonly old: ComparedValue;
  readonly new: ComparedValue;
  /** New less old, turned so that more is better. */
  readonly gain: number;
  /** Of `gain`, paired; absent where there is too little to make one of. */
  readonly interval?: Interval;
  readonly pairing: Pairing;
  /** Of models and detections, in the order of classes. */
  readonly classes?: readonly ClassValues[];
  /** Of results, ascending. */
  readonly seeds?: readonly SeedValues[];
  /** What to know before believing it; whole sentences. */
  readonly warnings: readonly string[];
}

export interface ModelComparison extends Measured, Decision {}

export interface Decision {
  readonly action: Action;
  /** What the gain had to be at least. */
  readonly minDelta: number;
  /** Whether the interval's lower end had to reach `minDelta`, too. */
  readonly isConfident: boolean;
  /** Whether the whole interval is on the same side of `minDelta` as the gain: more data would hardly change the action. */
  readonly isCertain: boolean;
}

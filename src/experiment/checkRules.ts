/** By what rules a check judges: the `check` part of a spec, defaults filled in. */
import type { Metrics } from '../store/record.ts';

export interface CheckRules {
  /** Default: accuracy. */
  readonly metric: keyof Metrics;
  /** A change of mean AUBC up to this is none. Default: 0.01. */
  readonly margin: number;
  /** Default: 0.05. */
  readonly alpha: number;
  /** By a strategy's label. */
  readonly exceptions: readonly StrategyException[];
  readonly invariants: readonly Invariant[];
  /** Judge times too. Default: off. */
  readonly speed?: { /** Slower than this is regressed. Default: 1.25. */ readonly factor: number };
  /** Most seeds per cell that `--adaptive` goes to. Default: 50. */
  readonly mostSeeds: number;
}

export interface StrategyException {
  readonly strategy: string;
  readonly margin?: number;
  /** Judged and shown, and without influence on the outcome. */
  readonly ignore?: boolean;
}

/** `margin > random by 0.01`, `bald >= entropy`, `random within [0.83, 0.86]`: about mean AUBCs within each group. */
export type Invariant =
  | {
      readonly kind: 'above';
      readonly text: string;
      readonly strategy: string;
      readonly other: string;
      /** `>`: by more than this, surely; `>=`: not surely below it. Default of both: 0. */
      readonly by: number;
      readonly isStrict: boolean;
    }
  | {
      readonly kind: 'within';
      readonly text: string;
      readonly strategy: string;
      readonly range: readonly [number, number];
    };

/** Where speed is judged, and nobody says by what. */
export const defaultSpeedFactor = 1.25;

/** The rules of a spec that states none. */
export const defaultCheckRules: CheckRules = {
  metric: 'accuracy',
  margin: 0.01,
  alpha: 0.05,
  exceptions: [],
  invariants: [],
  mostSeeds: 50,
};

/**
 * The rules of a plan or of a stored experiment, whose resolved spec has them written out; what it lacks (older results,
 * a spec without a `check` part) is the default.
 */
export function rulesOf({ spec }: { readonly spec: unknown }): CheckRules {
  const stored = typeof spec === 'object' && spec !== null && 'check' in spec ? spec.check : undefined;
  return { ...defaultCheckRules, ...(stored as Partial<CheckRules> | undefined) };
}

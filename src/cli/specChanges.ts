/** What options change in a spec for one run. */
import type { SpecOverride } from '../experiment/specOverrides.ts';
import { seedsOverride } from './seedsOverride.ts';

/** Options that change a spec for one run. */
export interface SpecChanges {
  readonly set: readonly string[];
  readonly seeds?: string | undefined;
  readonly engine?: string | undefined;
  readonly device?: string | undefined;
}

/** Options that stand for lines of the spec; what is wrong with one is said of it as it was typed. Throws `UserError("bad-option")`. */
export function specChanges({ set, seeds, engine, device }: SpecChanges): readonly SpecOverride[] {
  return [
    ...set,
    ...(seeds === undefined ? [] : [{ assignment: seedsOverride(seeds), typed: `--seeds ${seeds}` }]),
    ...(engine === undefined ? [] : [{ assignment: `engine=${engine}`, typed: `--engine ${engine}` }]),
    ...(device === undefined ? [] : [{ assignment: `device=${device}`, typed: `--device ${device}` }]),
  ];
}

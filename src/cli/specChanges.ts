import { seedsOverride } from './seedsOverride.ts';

/** Options that change a spec for one run. */
export interface SpecChanges {
  readonly set: readonly string[];
  readonly seeds?: string | undefined;
  readonly engine?: string | undefined;
  readonly device?: string | undefined;
}

/** Options that stand for lines of the spec, as `--set` would have them. Throws `UserError("bad-option")`. */
export function specChanges({ set, seeds, engine, device }: SpecChanges): readonly string[] {
  return [
    ...set,
    ...(seeds === undefined ? [] : [seedsOverride(seeds)]),
    ...(engine === undefined ? [] : [`engine=${engine}`]),
    ...(device === undefined ? [] : [`device=${device}`]),
  ];
}

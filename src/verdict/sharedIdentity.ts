/** What the trials of a cell have in common, run or only planned. */
import { decisiveIdentity } from '../experiment/planIds.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import type { Trial } from '../store/record.ts';
import type { BaselineCell } from './baseline.ts';
import { keyDifferences, keyDifferenceText } from './keyDifferences.ts';

type SharedIdentity =
  | { readonly shared: BaselineCell['identity'] }
  | { readonly differences: readonly string[] };

/** All but the seed, and but the budget where that depends on it; or in what else the trials differ. */
export function sharedIdentity(trials: readonly Trial[]): SharedIdentity {
  const [first, ...others] = trials.map(identityWithoutSeed);
  const differences = others.flatMap((each) => keyDifferences(first, each));
  const real = differences.filter(({ key }) => key !== 'budget');
  if (real.length > 0) return { differences: [...new Set(real.map(keyDifferenceText))] };
  const { budget, ...rest } = first ?? {};
  return { shared: differences.length > 0 ? rest : { ...rest, budget } };
}

/** Plain JSON with sorted keys, as a baseline's is when it is read back. */
function identityWithoutSeed({ identity }: Trial): Readonly<Record<string, unknown>> {
  const { seed: _, ...rest } = identity;
  return JSON.parse(canonicalJson(decisiveIdentity(rest)));
}

/** How oracles refuse their options. */
import { UserError } from '../foundation/userError.ts';

/** Throws `UserError("bad-oracle")`: rule, value met, remedy. */
export function badOracle(message: string): never {
  throw new UserError('bad-oracle', message);
}

/** Throws where `index` is no class. */
export function checkClass(option: string, index: number, numClasses: number): void {
  if (index < numClasses) return;
  badOracle(
    `"${option}" must be a class index from 0 to ${numClasses - 1}, and is ${index}. Correct it in the oracle's options.`,
  );
}

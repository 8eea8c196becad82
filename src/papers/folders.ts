/** Where published experiments lie, from the repository's root. */
import { join } from 'node:path';

/** Specs, scales, published numbers, notes. */
export const EXPERIMENTS = 'experiments/papers';
/** What is kept of a reproduction, in the repository. */
export const PAGES = 'results/papers';

/** What is kept at one scale. */
export function keptFolder(name: string, scale: string): string {
  return join(PAGES, name, scale);
}

/** The results directory of its trials, which is in no repository: in a fresh clone there is none. */
export function runFolder(name: string, scale: string): string {
  return join('results/reproduced', name, scale);
}

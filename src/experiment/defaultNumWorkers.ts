/** How many workers a run has where nobody says. */
import { availableParallelism } from 'node:os';
import type { Engine } from '../engines/engine.ts';
import { computesOnCores } from '../engines/index.ts';

/** One per core; where they would share a GPU, one. */
export const defaultNumWorkers = (engine: Engine): number =>
  computesOnCores(engine) ? availableParallelism() : 1;

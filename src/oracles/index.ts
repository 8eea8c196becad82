/** The registry of oracles. */
import { abstaining } from './abstaining.ts';
import { costly } from './costly.ts';
import { crowd } from './crowd.ts';
import { noisy } from './noisy.ts';
import type { OracleEntry } from './oracleEntry.ts';
import { perfect } from './perfect.ts';

/** Explicit: an oracle's name is its key. */
export const oracles: Readonly<Record<string, OracleEntry>> = { perfect, noisy, abstaining, costly, crowd };

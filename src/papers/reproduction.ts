/** One reproduction at one scale as data: what pages are made of, so that they can be written again without the trials. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeEnvironments, trialStatus } from '../analysis/index.ts';
import type { StoredTrial } from '../store/record.ts';
import type { ComparedRow, RowVerdict } from './comparedRow.ts';

export interface Reproduction {
  readonly name: string;
  readonly scale: string;
  /** What is reproduced, with its reference. */
  readonly title: string;
  readonly link?: string;
  /** Of the spec: what it asks. */
  readonly description: string;
  readonly numPlanned: number;
  readonly numFinished: number;
  readonly numFailed: number;
  readonly seeds: readonly number[];
  /** What fitting, scoring, selecting and evaluating took, summed over all trials. */
  readonly workSeconds: number;
  /** By the clock, where `npm run reproduce` ran the trials. */
  readonly wallSeconds?: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly rows: readonly ComparedRow[];
  readonly charts: readonly ChartsOfKind[];
  /** Every strategy under every condition; Markdown. */
  readonly table: string;
  /** Left out where there are none. */
  readonly rivals?: readonly RivalSection[];
}

/** Another program on the same rows. */
export interface RivalSection {
  /** Name and version. */
  readonly program: string;
  /** Versions of what it ran on; may be empty. */
  readonly versions: string;
  /** Markdown. */
  readonly tables: string;
  readonly charts: readonly ChartFiles[];
  /** Every place at full precision, compressed CSV; relative to the scale's folder. */
  readonly file: string;
}

/** What one entry of the charts' registry draws of the trials. */
export interface ChartsOfKind {
  readonly title: string;
  readonly charts: readonly ChartFiles[];
}

/** Paths relative to the scale's folder. */
export interface ChartFiles {
  readonly title: string;
  readonly light: string;
  readonly dark: string;
  readonly alternativeText: string;
}

const FILE = 'reproduction.json';

export function reproductionPath(folder: string): string {
  return join(folder, FILE);
}

/** That of a scale's folder, or undefined where none was written. */
export function readReproduction(folder: string): Reproduction | undefined {
  const path = reproductionPath(folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Reproduction) : undefined;
}

/** What trials alone say. */
export function factsOf(trials: readonly StoredTrial[]) {
  const finished = trials.filter((trial) => trialStatus(trial) === 'finished');
  const seconds = trials.flatMap(({ rounds }) => rounds.flatMap((round) => Object.values(round.seconds)));
  return {
    numFinished: finished.length,
    numFailed: trials.filter(({ footer }) => footer?.status === 'failed').length,
    seeds: [...new Set(finished.map(({ header }) => header.trial.identity.seed))].sort((a, b) => a - b),
    workSeconds: Math.round(seconds.reduce((sum, value) => sum + value, 0)),
    environment: mergeEnvironments(trials),
  };
}

/** How many rows have each verdict. */
export function countVerdicts(rows: readonly ComparedRow[]): Readonly<Record<RowVerdict, number>> {
  const counts = { within: 0, outside: 0, 'not comparable': 0, 'not reached': 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return counts;
}

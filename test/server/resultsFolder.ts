/** Results as a run leaves them, made up: for servers to show. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { plannedTrial } from '../../src/store/experimentFile.ts';
import { type ExperimentStore, openStore } from '../../src/store/openStore.ts';
import { openTrial } from '../../src/store/openTrial.ts';
import type { RoundRecord, TrialFooter, TrialHeader } from '../../src/store/record.ts';
import { sampleFooter, sampleHeader, sampleRound } from '../store/sampleTrial.ts';

/** Round `round` of three, its accuracy shifted by the seed. */
function roundOf(seed: number, round: number): RoundRecord {
  const record = sampleRound(round);
  return { ...record, metrics: { ...record.metrics, accuracy: 0.5 + round / 10 + seed / 100 } };
}

export function headers(strategies: readonly string[], numSeeds: number): readonly TrialHeader[] {
  return strategies.flatMap((strategy, s) =>
    Array.from({ length: numSeeds }, (_, seed) => {
      const header = sampleHeader((s * numSeeds + seed).toString(16).padStart(16, '0'), strategy);
      const { trial } = header;
      return { ...header, trial: { ...trial, identity: { ...trial.identity, seed } } };
    }),
  );
}

/** Plans the trials in `<root>/<name>`, and holds the lock as a run would. */
export function beginRun(root: string, name: string, trials: readonly TrialHeader[]): ExperimentStore {
  const directory = join(root, name);
  mkdirSync(directory, { recursive: true });
  return openStore(directory, {
    name,
    spec: { name },
    trials: trials.map(({ trial }) => plannedTrial(trial)),
  });
}

/** Appends rounds up to `numRounds`, then the footer. */
export function write(
  { directory }: ExperimentStore,
  header: TrialHeader,
  numRounds: number,
  footer?: Partial<TrialFooter>,
): void {
  const trial = openTrial(directory, header);
  for (let round = trial.rounds.length; round < numRounds; round++) {
    trial.append(roundOf(header.trial.identity.seed, round));
  }
  if (footer !== undefined) trial.append({ ...sampleFooter(numRounds), ...footer });
  trial.close();
}

/** A whole run of `random` and `margin` over so many seeds. */
export function finishedRun(root: string, name: string, numSeeds = 2): string {
  const trials = headers(['random', 'margin'], numSeeds);
  const store = beginRun(root, name, trials);
  for (const trial of trials) write(store, trial, 3, {});
  store.close();
  return store.directory;
}

/**
 * The identity key: a trial that was run again where every bit must be equal, and is not, has been changed, though
 * its id says that nothing was. It is held against what the baseline keeps: each round's metrics, query and hash.
 */
import { type CellKey, cellKey, sortTrials } from '../analysis/index.ts';
import type { RoundRecord, StoredTrial } from '../store/record.ts';
import type { Baseline, BaselineSeed } from './baseline.ts';
import { bitReasons } from './bitReasons.ts';
import type { IdentityVerdict, Parting } from './checkReport.ts';
import { firstParting, type KnownRound } from './partings.ts';
import { roundHash } from './roundHash.ts';

/**
 * Of the trials that both sides have, those made in an environment equal to the baseline's are compared, as far as
 * both go. The first parting is that of the first cell, seed and round. Trials' order and seconds do not matter.
 */
export function identityKey(trials: readonly StoredTrial[], baseline: Baseline): IdentityVerdict {
  const kept = new Map(
    baseline.cells.flatMap(({ seeds }) => seeds.map((seed) => [seed.trialId, seed] as const)),
  );
  const reasons = new Set<string>();
  const partings: Parting[] = [];
  let numTrials = 0;
  for (const trial of sortTrials(trials)) {
    const seed = kept.get(trial.header.trial.id);
    if (seed === undefined || trial.rounds.length === 0) continue;
    const ownReasons = bitReasons(baseline.environment, trial.header.environment);
    for (const reason of ownReasons) reasons.add(reason);
    if (ownReasons.length > 0) continue;
    numTrials++;
    const found = partingOf(trial, seed);
    if (found !== undefined) partings.push(found);
  }
  const [first] = partings;
  if (first !== undefined) return { outcome: 'different', numTrials, numDifferent: partings.length, first };
  if (numTrials > 0) return { outcome: 'equal', numTrials };
  if (reasons.size > 0) return { outcome: 'not-comparable', reasons: [...reasons] };
  return { outcome: 'not-comparable', reasons: ['no trial of the baseline is among those that were run'] };
}

function partingOf(trial: StoredTrial, seed: BaselineSeed): Parting | undefined {
  const found = firstParting(keptRounds(seed), trial.rounds.map(knownRound));
  if (found === undefined) return undefined;
  const { id, identity } = trial.header.trial;
  const cell: CellKey = cellKey(trial);
  return { ...cell, trialId: id, seed: identity.seed, ...found };
}

function knownRound(record: RoundRecord): KnownRound {
  return { ...record, hash: roundHash(record) };
}

function keptRounds({ roundHashes, numLabels, metrics, queriedRows }: BaselineSeed): KnownRound[] {
  const at = (values: readonly number[], round: number): number => values[round] ?? Number.NaN;
  return roundHashes.map((hash, round) => ({
    hash,
    numLabels: at(numLabels, round),
    metrics: {
      accuracy: at(metrics.accuracy, round),
      nll: at(metrics.nll, round),
      macroF1: at(metrics.macroF1, round),
      brier: at(metrics.brier, round),
      ece: at(metrics.ece, round),
    },
    ...(queriedRows && { queriedRows: queriedRows[round] ?? [] }),
  }));
}

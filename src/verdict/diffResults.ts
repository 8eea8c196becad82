/** Two runs' records held against each other: what only one of them has, and where the trials of both first part. */
import { type CellKey, cellKey, mergeEnvironments, sortTrials, trialStatus } from '../analysis/index.ts';
import { decisiveIdentity } from '../experiment/planIds.ts';
import { canonicalJson } from '../foundation/contentHash.ts';
import type { StoredTrial } from '../store/record.ts';
import { bitReasons } from './bitReasons.ts';
import { type KeyDifference, keyDifferences } from './keyDifferences.ts';
import { firstParting, type RoundParting } from './partings.ts';

export interface TrialName extends CellKey {
  readonly trialId: string;
  readonly seed: number;
}

/** How far a trial has come. */
interface TrialExtent {
  readonly numRounds: number;
  readonly status: 'finished' | 'failed' | 'unfinished';
}

/** A trial that both runs have. */
export interface TrialPair extends TrialName {
  readonly baseline: TrialExtent;
  readonly current: TrialExtent;
  /** In the rounds that both have; left out where these are equal to the last bit. */
  readonly parting?: RoundParting;
}

/** Two trials of one cell and seed whose ids differ: something that decides results was changed. */
export interface ChangedTrial extends TrialPair {
  readonly currentTrialId: string;
  /** Between their identities. */
  readonly changes: readonly KeyDifference[];
}

export interface ResultsDiff {
  /** `equal`: the same trials, as far, and every bit the same but for times. */
  readonly outcome: 'equal' | 'different';
  readonly numBaseline: number;
  readonly numCurrent: number;
  readonly onlyInBaseline: readonly TrialName[];
  readonly onlyInCurrent: readonly TrialName[];
  /** By cell and seed, as all lists here. */
  readonly shared: readonly TrialPair[];
  readonly changed: readonly ChangedTrial[];
  /** Of all trials of either run. */
  readonly environment: readonly KeyDifference[];
  /** Why bits may differ; empty where the environments leave no reason. */
  readonly bitReasons: readonly string[];
}

/** Trials go by their ids, and what is left by cell and seed. */
export function diffResults(baseline: readonly StoredTrial[], current: readonly StoredTrial[]): ResultsDiff {
  const [first, second] = [sortTrials(baseline), sortTrials(current)];
  const byId = new Map(second.map((trial) => [trial.header.trial.id, trial]));
  const ids = new Set(first.map(({ header }) => header.trial.id));
  const shared: TrialPair[] = [];
  const left: StoredTrial[] = [];
  for (const trial of first) {
    const other = byId.get(trial.header.trial.id);
    if (other === undefined) left.push(trial);
    else shared.push(pairOf(trial, other));
  }
  const added = new Map(
    second.filter(({ header }) => !ids.has(header.trial.id)).map((trial) => [placeKey(trial), trial]),
  );
  const changed: ChangedTrial[] = [];
  const onlyInBaseline: TrialName[] = [];
  for (const trial of left) {
    const other = added.get(placeKey(trial));
    if (other === undefined) onlyInBaseline.push(nameOf(trial));
    else {
      added.delete(placeKey(trial));
      changed.push(changedTrial(trial, other));
    }
  }
  const onlyInCurrent = [...added.values()].map(nameOf);
  const environments = [mergeEnvironments(baseline), mergeEnvironments(current)] as const;
  const isEqual =
    [onlyInBaseline, onlyInCurrent, changed].every((list) => list.length === 0) && shared.every(isPairEqual);
  return {
    outcome: isEqual ? 'equal' : 'different',
    ...{ numBaseline: baseline.length, numCurrent: current.length },
    ...{ onlyInBaseline, onlyInCurrent, shared, changed },
    environment: keyDifferences(...environments),
    bitReasons: bitReasons(...environments),
  };
}

/** As far as each other, and the same on the way. */
export function isPairEqual({ baseline, current, parting }: TrialPair): boolean {
  return (
    parting === undefined && baseline.numRounds === current.numRounds && baseline.status === current.status
  );
}

function pairOf(baseline: StoredTrial, current: StoredTrial): TrialPair {
  const parting = firstParting(baseline.rounds, current.rounds);
  return {
    ...nameOf(baseline),
    ...{ baseline: extentOf(baseline), current: extentOf(current) },
    ...(parting && { parting }),
  };
}

function changedTrial(baseline: StoredTrial, current: StoredTrial): ChangedTrial {
  const [before, after] = [baseline.header.trial, current.header.trial];
  return {
    ...pairOf(baseline, current),
    currentTrialId: after.id,
    changes: keyDifferences(decisiveIdentity(before.identity), decisiveIdentity(after.identity)),
  };
}

function nameOf(trial: StoredTrial): TrialName {
  const { id, identity } = trial.header.trial;
  return { ...cellKey(trial), trialId: id, seed: identity.seed };
}

function extentOf(trial: StoredTrial): TrialExtent {
  return { numRounds: trial.rounds.length, status: trialStatus(trial) };
}

/** One experiment has one trial of it. */
function placeKey(trial: StoredTrial): string {
  return canonicalJson({ ...cellKey(trial), seed: trial.header.trial.identity.seed });
}

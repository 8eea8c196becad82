/**
 * Trials sorted into cells. A cell is what a table's row and a chart's line stand for: one strategy on one dataset,
 * model, oracle, initial pool size and query batch size, repeated over seeds. A group is the cells that differ in
 * nothing but the strategy, so the ones that may be compared. Only finished trials enter statistics; failed and
 * unfinished ones are kept beside them so that nothing is lost from sight.
 */
import { groupBy } from '../foundation/groupBy.ts';
import type { StoredTrial } from '../store/record.ts';
import { naturalOrderOfAll } from './naturalOrder.ts';

export interface GroupKey {
  readonly dataset: string;
  readonly model: string;
  readonly oracle: string;
  readonly initialPoolSize: number;
  readonly queryBatchSize: number;
}

export interface CellKey extends GroupKey {
  readonly strategy: string;
}

/** Every list is sorted by seed, then by trial id. */
export interface Cell extends CellKey {
  /** The strategy looks at labels that nobody paid for: it is not ranked with the others. */
  readonly isBound: boolean;
  readonly finished: readonly StoredTrial[];
  readonly failed: readonly StoredTrial[];
  readonly unfinished: readonly StoredTrial[];
}

export interface Group<Member extends CellKey = Cell> extends GroupKey {
  readonly cells: readonly Member[];
}

/** The cell a trial belongs to. */
export function cellKey({ header: { trial } }: StoredTrial): CellKey {
  const { dataset, model, oracle, strategy } = trial.labels;
  const { initialPoolSize, queryBatchSize } = trial.identity;
  return { dataset, model, oracle, initialPoolSize, queryBatchSize, strategy };
}

/** The key's members alone, whatever else stands beside them. */
export function cellKeyOf(cell: CellKey): CellKey {
  return { ...groupKeyOf(cell), strategy: cell.strategy };
}

function groupKeyOf({ dataset, model, oracle, initialPoolSize, queryBatchSize }: GroupKey): GroupKey {
  return { dataset, model, oracle, initialPoolSize, queryBatchSize };
}

export function trialStatus(trial: StoredTrial): 'finished' | 'failed' | 'unfinished' {
  return trial.footer?.status ?? 'unfinished';
}

/** All cells in natural order. A trial that is there twice (merged directories) counts once, in its furthest state. */
export function cells(trials: readonly StoredTrial[]): Cell[] {
  return groupBy(withoutDuplicates(trials), (trial) => JSON.stringify(Object.values(cellKey(trial))))
    .map(cellOf)
    .sort((a, b) => naturalOrderOfAll(cellOrder(a), cellOrder(b)));
}

/** The groups of `allCells` in natural order; the cells keep theirs. */
export function groups<Member extends CellKey>(allCells: readonly Member[]): Group<Member>[] {
  return groupBy(allCells, (cell) => JSON.stringify(groupOrder(cell)))
    .map((members) => ({ ...groupKeyOf(members[0]), cells: members }))
    .sort((a, b) => naturalOrderOfAll(groupOrder(a), groupOrder(b)));
}

/** Trials by cell, then seed, then id: the order of every export. */
export function sortTrials(trials: readonly StoredTrial[]): StoredTrial[] {
  return trials
    .map((trial) => ({ trial, order: [...cellOrder(cellKey(trial)), ...seedOrder(trial)] }))
    .sort((a, b) => naturalOrderOfAll(a.order, b.order))
    .map(({ trial }) => trial);
}

function groupOrder(key: GroupKey): (string | number)[] {
  return [key.dataset, key.model, key.oracle, key.initialPoolSize, key.queryBatchSize];
}

function cellOrder(key: CellKey): (string | number)[] {
  return [...groupOrder(key), key.strategy];
}

function seedOrder({ header: { trial } }: StoredTrial): (string | number)[] {
  return [trial.identity.seed, trial.id];
}

function cellOf(members: readonly StoredTrial[]): Cell {
  const ordered = [...members].sort((a, b) => naturalOrderOfAll(seedOrder(a), seedOrder(b)));
  const withStatus = (status: string) => ordered.filter((trial) => trialStatus(trial) === status);
  return {
    ...cellKey(ordered[0] as StoredTrial),
    isBound: ordered.some(({ header }) => header.trial.isBound === true),
    finished: withStatus('finished'),
    failed: withStatus('failed'),
    unfinished: withStatus('unfinished'),
  };
}

function withoutDuplicates(trials: readonly StoredTrial[]): StoredTrial[] {
  const byId = new Map<string, StoredTrial>();
  for (const trial of trials) {
    const known = byId.get(trial.header.trial.id);
    if (known === undefined || progress(trial) > progress(known)) byId.set(trial.header.trial.id, trial);
  }
  return [...byId.values()];
}

/** Finished before everything else, then the one with more rounds, then the one that says why it stopped. */
function progress(trial: StoredTrial): number {
  const status = trialStatus(trial);
  return (status === 'finished' ? 1e9 : 0) + trial.rounds.length + (status === 'failed' ? 0.5 : 0);
}

/** Followed trials sorted into cells and groups, as the report has them, and each cell's curve so far. */
import { type GroupKey, groupName, naturalOrderOfAll, studentQuantile } from '../analysis/index.ts';
import type { FollowedTrial } from './followTrial.ts';
import type { LiveCell, LiveCurve, LiveGroup } from './messages.ts';

export interface CellOfTrials {
  readonly group: string;
  readonly strategy: string;
  readonly trials: readonly FollowedTrial[];
}

export interface CellsOfRun {
  readonly groups: readonly LiveGroup[];
  readonly cells: readonly CellOfTrials[];
  readonly cellOf: ReadonlyMap<FollowedTrial, CellOfTrials>;
}

/** Trials whose extent nobody knows are in none. In natural order. */
export function sortIntoCells(trials: readonly FollowedTrial[]): CellsOfRun {
  const groups = new Map<string, { key: GroupKey; start: number; end: number }>();
  const cells = new Map<string, CellOfTrials & { trials: FollowedTrial[] }>();
  const cellOf = new Map<FollowedTrial, CellOfTrials>();
  for (const trial of trials) {
    const { labels, extent } = trial;
    if (extent === undefined) continue;
    const { initialPoolSize, queryBatchSize, budget } = extent;
    const { dataset, model, oracle, strategy } = labels;
    const key = { dataset, model, oracle, initialPoolSize, queryBatchSize };
    const group = JSON.stringify(Object.values(key));
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { key, start: initialPoolSize, end: budget });
    else known.end = Math.max(known.end, budget);
    const id = JSON.stringify([group, strategy]);
    const cell = cells.get(id) ?? { group, strategy, trials: [] };
    cells.set(id, cell);
    cell.trials.push(trial);
    cellOf.set(trial, cell);
  }
  const keys = [...groups.values()].map(({ key }) => key);
  const ordered = [...groups].sort(([, a], [, b]) =>
    naturalOrderOfAll(Object.values(a.key), Object.values(b.key)),
  );
  const rank = new Map(ordered.map(([id], i) => [id, i]));
  return {
    groups: ordered.map(([id, { key, start, end }]) => ({
      id,
      name: groupName(key, keys),
      extent: [start, end],
    })),
    cells: [...cells.values()].sort((a, b) =>
      naturalOrderOfAll([rank.get(a.group) ?? 0, a.strategy], [rank.get(b.group) ?? 0, b.strategy]),
    ),
    cellOf,
  };
}

export function liveCell(
  { group, strategy, trials }: CellOfTrials,
  isRunning: (trial: FollowedTrial) => boolean,
): LiveCell {
  const count = (test: (trial: FollowedTrial) => boolean) => trials.filter(test).length;
  return {
    ...{ group, strategy },
    isBound: trials.some(({ isBound }) => isBound),
    numPlanned: trials.length,
    numFinished: count(({ status }) => status === 'finished'),
    numFailed: count(({ status }) => status === 'failed' || status === 'broken'),
    numRunning: count(isRunning),
    curve: liveCurve(trials),
  };
}

/** Fewer seeds than this have an interval that says nothing. */
const LEAST_FOR_INTERVAL = 3;

/**
 * By round, over the trials that have got there and have not failed. A round stands at the mean of what they had spent, which
 * is what each had spent, unless queries went unanswered or cost differently.
 */
export function liveCurve(
  trials: readonly Pick<FollowedTrial, 'status' | 'spent' | 'accuracies'>[],
): LiveCurve {
  const sound = trials.filter(({ status }) => status !== 'failed' && status !== 'broken');
  const numRounds = Math.max(0, ...sound.map(({ accuracies }) => accuracies.length));
  const curve = {
    ...{ spent: [] as number[], mean: [] as number[], numSeeds: [] as number[] },
    ...{ lower: [] as (number | null)[], upper: [] as (number | null)[] },
  };
  for (let round = 0; round < numRounds; round++) {
    const there = sound.filter(({ accuracies }) => accuracies.length > round);
    const mean = average(there.map(({ accuracies }) => accuracies[round] ?? Number.NaN));
    const squares = there.reduce((sum, { accuracies }) => sum + ((accuracies[round] ?? mean) - mean) ** 2, 0);
    const n = there.length;
    const half = n < LEAST_FOR_INTERVAL ? null : quantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
    curve.spent.push(average(there.map(({ spent }) => spent[round] ?? Number.NaN)));
    curve.mean.push(mean);
    curve.lower.push(half === null ? null : mean - half);
    curve.upper.push(half === null ? null : mean + half);
    curve.numSeeds.push(n);
  }
  return curve;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Every point of every curve asks for one of a few. */
const quantiles = new Map<number, number>();

function quantile(degreesOfFreedom: number): number {
  const known = quantiles.get(degreesOfFreedom) ?? studentQuantile(0.975, degreesOfFreedom);
  quantiles.set(degreesOfFreedom, known);
  return known;
}

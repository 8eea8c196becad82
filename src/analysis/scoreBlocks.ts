/**
 * Runs as a table that can be ranked. A block is one seed of one group (data set, model, oracle, initial pool, query batch):
 * within it nothing differs but the strategy. A table must be whole, so what some strategy has not finished is left out, and
 * what was left out is said. Bounds are ranked with nobody.
 */
import { remembered } from '../foundation/remembered.ts';
import { aubc } from './aubc.ts';
import { seedCurves } from './cellCurve.ts';
import type { Cell, Group, GroupKey } from './cells.ts';
import { curveAxis } from './curveAxis.ts';
import type { CurvePoint } from './learningCurve.ts';
import { type MetricName, metricTitles } from './metricTitles.ts';
import { naturalOrder } from './naturalOrder.ts';
import type { Over } from './spending.ts';

export interface ScoreBlock {
  readonly group: GroupKey;
  readonly seed: number;
  /** [numStrategies], in the metric's own unit. */
  readonly scores: readonly number[];
}

export interface DroppedBlock {
  readonly group: GroupKey;
  readonly seed: number;
  /** Strategies of the table without this run; none where their curves share no place. */
  readonly missing: readonly string[];
}

export interface ScoreBlocks {
  /** In natural order: columns of the table. */
  readonly strategies: readonly string[];
  /** By group, then by seed: rows of the table. */
  readonly blocks: readonly ScoreBlock[];
  readonly metric: MetricName;
  /** Which way the metric is better. */
  readonly better: 'higher' | 'lower';
  readonly score: ScoreName;
  /** In how many of the blocks, dropped ones included, each has a finished trial. */
  readonly droppedStrategies: readonly { readonly strategy: string; readonly numBlocks: number }[];
  readonly droppedBlocks: readonly DroppedBlock[];
}

/** What a run is worth: its area under the curve, or where the curve ends. */
export type ScoreName = 'aubc' | 'final';

export interface ScoreOptions {
  /** Default: `accuracy`. */
  readonly metric?: MetricName;
  /** Default: `labels`. */
  readonly over?: Over;
  /** Default: `aubc`. */
  readonly score?: ScoreName;
}

const scoreOf: Readonly<Record<ScoreName, (points: readonly CurvePoint[]) => number>> = {
  aubc,
  final: (points) => points.at(-1)?.value ?? Number.NaN,
};

/**
 * The whole table with the most runs: strategies leave it from the one with the fewest runs on, as long as what the others
 * share grows by more. Scores of a group are taken over the places that all its curves in the table have.
 */
export function scoreBlocks(groups: readonly Group[], options: ScoreOptions = {}): ScoreBlocks {
  const { metric = 'accuracy', over = 'labels', score = 'aubc' } = options;
  return tables(groups, [metric, over, score].join(), () => makeScoreBlocks(groups, { metric, over, score }));
}

const tables = remembered<readonly Group[], ScoreBlocks>();

function makeScoreBlocks(
  groups: readonly Group[],
  { metric, over, score }: Required<ScoreOptions>,
): ScoreBlocks {
  const runs = runsByStrategy(groups);
  const strategies = wholeTable(runs);
  const kept = strategies.map((strategy) => runs.get(strategy) ?? new Set<string>());
  const blocks: ScoreBlock[] = [];
  const droppedBlocks: DroppedBlock[] = [];
  const known = new Set<string>();
  groups.forEach((group, place) => {
    const { cells: _, ...key } = group;
    const seeds: number[] = [];
    for (const seed of seedsOf(group)) {
      const missing = strategies.filter((_, i) => !kept[i]?.has(blockName(place, seed)));
      if (missing.length < strategies.length) known.add(blockName(place, seed));
      if (missing.length === 0) seeds.push(seed);
      else if (missing.length < strategies.length) droppedBlocks.push({ group: key, seed, missing });
    }
    const rows = scoresOfGroup(group, { strategies, seeds, metric, over, score });
    seeds.forEach((seed, i) => {
      const scores = rows[i];
      if (scores === undefined) droppedBlocks.push({ group: key, seed, missing: [] });
      else blocks.push({ group: key, seed, scores });
    });
  });
  const droppedStrategies = [...runs]
    .filter(([strategy]) => !strategies.includes(strategy))
    .map(([strategy, own]) => ({ strategy, numBlocks: [...own].filter((name) => known.has(name)).length }));
  const { better } = metricTitles[metric];
  return { strategies, blocks, metric, better, score, droppedStrategies, droppedBlocks };
}

/** 1 where more of a metric is better, −1 where less is: scores times this can be ranked. */
export function orientation(metric: MetricName): 1 | -1 {
  return metricTitles[metric].better === 'higher' ? 1 : -1;
}

/** Scores of one strategy by group: [numGroups][numSeeds], times `orientation`. */
export function orientedTasks({ blocks, metric }: ScoreBlocks, column: number): number[][] {
  const tasks = new Map<GroupKey, number[]>();
  for (const { group, scores } of blocks) {
    const task = tasks.get(group) ?? [];
    task.push(orientation(metric) * (scores[column] as number));
    tasks.set(group, task);
  }
  return [...tasks.values()];
}

/** What was left out, in words; empty where nothing was. */
export function droppedText(table: ScoreBlocks): string {
  const { strategies, blocks, droppedStrategies, droppedBlocks } = table;
  const numAll = blocks.length + droppedBlocks.length;
  const parts = droppedStrategies
    .toSorted((a, b) => naturalOrder(a.strategy, b.strategy))
    .map(({ strategy, numBlocks }) =>
      numBlocks === 0
        ? `${strategy} (no trial to compare)`
        : `${strategy} (finished in ${numBlocks} of ${numAll} blocks)`,
    );
  if (droppedBlocks.length > 0) {
    const missing = strategies.filter((name) => droppedBlocks.some((block) => block.missing.includes(name)));
    const because =
      missing.length === 0 ? 'without a place in common' : `not finished by ${missing.join(', ')}`;
    parts.push(`${droppedBlocks.length} of ${numAll} blocks (${because})`);
  }
  return parts.length === 0 ? '' : `Left out: ${parts.join('; ')}`;
}

const blockName = (place: number, seed: number): string => `${place}/${seed}`;
const seedOf = (trial: Cell['finished'][number]): number => trial.header.trial.identity.seed;
const rivals = ({ cells }: Group): readonly Cell[] => cells.filter(({ isBound }) => !isBound);

function seedsOf(group: Group): number[] {
  return [...new Set(rivals(group).flatMap(({ finished }) => finished.map(seedOf)))].sort((a, b) => a - b);
}

/** Names of the blocks that each strategy has finished. */
function runsByStrategy(groups: readonly Group[]): Map<string, Set<string>> {
  const runs = new Map<string, Set<string>>();
  groups.forEach((group, place) => {
    for (const { strategy, finished } of rivals(group)) {
      const own = runs.get(strategy) ?? new Set<string>();
      for (const trial of finished) own.add(blockName(place, seedOf(trial)));
      runs.set(strategy, own);
    }
  });
  return runs;
}

/** Which strategies stay, in natural order: at least two where two share a block at all. */
function wholeTable(runs: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const order = [...runs]
    .filter(([, own]) => own.size > 0)
    .sort(([a, own], [b, other]) => other.size - own.size || naturalOrder(a, b));
  let shared = [...(order[0]?.[1] ?? [])];
  let [best, mostRuns] = [Math.min(order.length, 1), 0];
  order.forEach(([, own], i) => {
    shared = shared.filter((block) => own.has(block));
    const numRuns = shared.length * (i + 1);
    if (i > 0 && numRuns > 0 && numRuns >= mostRuns) [best, mostRuns] = [i + 1, numRuns];
  });
  return order
    .slice(0, best)
    .map(([strategy]) => strategy)
    .sort(naturalOrder);
}

interface GroupScoring extends Required<ScoreOptions> {
  readonly strategies: readonly string[];
  readonly seeds: readonly number[];
}

/** [numSeeds][numStrategies]; nothing where the curves have no place in common. */
function scoresOfGroup(
  group: Group,
  { strategies, seeds, metric, over, score }: GroupScoring,
): (readonly number[])[] {
  if (seeds.length === 0) return [];
  const kept = strategies.flatMap((strategy) => {
    const cell = group.cells.find((each) => each.strategy === strategy);
    if (cell === undefined) return [];
    const finished = cell.finished.filter((trial) => seeds.includes(seedOf(trial)));
    // A whole cell stays the object whose curves are known.
    return [finished.length === cell.finished.length ? cell : { ...cell, finished }];
  });
  const axis = curveAxis(kept, over);
  const curves = kept.map((cell) => seedCurves(cell, { metric, axis }).curves);
  const places = curves.map((ofCell) => new Set(ofCell[0]?.points.map(({ spent }) => spent)));
  const shared = ({ spent }: CurvePoint): boolean => places.every((each) => each.has(spent));
  const bySeed = curves.map(
    (ofCell) => new Map(ofCell.map(({ seed, points }) => [seed, points.filter(shared)])),
  );
  const hasPlaces = bySeed.every((ofCell) => [...ofCell.values()].every((points) => points.length > 0));
  if (!hasPlaces) return [];
  return seeds.map((seed) => bySeed.map((ofCell) => scoreOf[score](ofCell.get(seed) ?? [])));
}

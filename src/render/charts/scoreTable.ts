/** What the charts of rankings share: the table of scores they are made of, and how it is described. */
import {
  droppedText,
  type GroupKey,
  metricTitles,
  type ScoreBlocks,
  type ScoreName,
  scoreBlocks,
} from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import type { ChartInput } from './chart.ts';

/** Undefined where fewer than two strategies share a block: nothing to compare. */
export function scoreTable(
  { groups, options }: ChartInput,
  score: ScoreName = 'aubc',
): ScoreBlocks | undefined {
  const { metric, over } = options;
  const table = scoreBlocks(groups, { score, ...(metric && { metric }), ...(over && { over }) });
  return table.strategies.length < 2 || table.blocks.length === 0 ? undefined : table;
}

/** `AUBC of test accuracy`, `final test accuracy`. */
export function scoreTitle({ metric, score }: ScoreBlocks): string {
  const { title } = metricTitles[metric];
  return score === 'aubc' ? `AUBC of ${title}` : `final ${title}`;
}

/** `15 blocks: 5 seeds of each of 3 groups (data set, …).` */
export function blocksSentence({ blocks }: ScoreBlocks): string {
  const groups = new Map<unknown, number>();
  for (const { group } of blocks) groups.set(group, (groups.get(group) ?? 0) + 1);
  const seeds = [...groups.values()];
  const [fewest, most] = [Math.min(...seeds), Math.max(...seeds)];
  const numSeeds = fewest === most ? counted(most, 'seed') : `${fewest} to ${most} seeds`;
  const [first] = blocks;
  if (groups.size === 1 && first !== undefined) {
    const { dataset, model, initialPoolSize } = first.group;
    return `${counted(blocks.length, 'block')}: ${numSeeds} of ${dataset}, ${model}, initial pool ${initialPoolSize}.`;
  }
  return `${counted(blocks.length, 'block')}: ${numSeeds} in each of ${settings(blocks, groups.size)}.`;
}

/** One paragraph saying what was left out; none where nothing was. */
export function droppedParagraphs(table: ScoreBlocks): string[] {
  const text = droppedText(table);
  return text === '' ? [] : [`${text}.`];
}

/** What tells the groups apart: `3 initial pools`, `6 settings (2 data sets, 3 initial pools)`. */
function settings(blocks: ScoreBlocks['blocks'], numGroups: number): string {
  const numValues = (property: keyof GroupKey): number =>
    new Set(blocks.map(({ group }) => group[property])).size;
  const parts = ([...Object.keys(nouns)] as (keyof GroupKey)[])
    .filter((property) => numValues(property) > 1)
    .map((property) => `${numValues(property)} ${nouns[property]}`);
  return parts.length === 1 ? parts.join('') : `${numGroups} settings (${parts.join(', ')})`;
}

const nouns: Readonly<Record<keyof GroupKey, string>> = {
  dataset: 'data sets',
  model: 'models',
  oracle: 'oracles',
  initialPoolSize: 'initial pools',
  queryBatchSize: 'query batch sizes',
};

/** `p = 0.031`, `p < 0.0001`. */
export function shownPValue(pValue: number): string {
  if (pValue < 1e-4) return 'p < 0.0001';
  return `p = ${pValue < 0.001 ? pValue.toFixed(4) : pValue.toFixed(3)}`;
}

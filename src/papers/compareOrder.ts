/** A published ordering held against ours: every strategy of a tier better than every one of the tiers after it. */
import { type Cell, meanOf } from '../analysis/index.ts';
import type { ComparedRow } from './comparedRow.ts';
import { cellAt, lastLabels, scores } from './measure.ts';
import type { Measure, OrderRow } from './published.ts';
import { nearestPercentile } from './quartiles.ts';
import { share } from './rowText.ts';

/** Strategies without a trial leave the order; fewer than two tiers are not an order. Ties are no order either. */
export function compareOrder(row: OrderRow, cells: readonly Cell[]): ComparedRow {
  const tiers = row.tiers
    .map((tier) => tier.flatMap((strategy) => scored(strategy, row, cells)))
    .filter((tier) => tier.length > 0);
  const absent = row.tiers.flat().length - tiers.flat().length;
  const common = {
    what: row.claim,
    published: row.tiers.map((tier) => tier.join(', ')).join(' > '),
    band: `every pair in this order, by ${byText(row.by)}`,
    sources: [`${row.source} (${row.read})`],
    remarks: absent > 0 && tiers.length > 1 ? [`${absent} of its strategies are not run at this scale`] : [],
  };
  const ours = tiers
    .flat()
    .toSorted((a, b) => b.score - a.score)
    .map(({ strategy, text }) => `${strategy} ${text}`)
    .join(' > ');
  if (tiers.length < 2) {
    return { ...common, ours: ours === '' ? '–' : ours, difference: '–', verdict: 'not reached' };
  }
  const pairs = tiers.flatMap((tier, i) =>
    tier.flatMap((better) =>
      tiers.slice(i + 1).flatMap((later) => later.map((worse) => ({ better, worse }))),
    ),
  );
  // Two that both never got there are in no order yet.
  const open = pairs.filter(({ better, worse }) => better.score === -Infinity && worse.score === -Infinity);
  const wrong = pairs.filter((pair) => !open.includes(pair) && !(pair.better.score > pair.worse.score));
  if (open.length === pairs.length) return { ...common, ours, difference: '–', verdict: 'not reached' };
  return {
    ...{ ...common, ours },
    difference: wrong.length === 0 ? 'none' : `${wrong.length} of ${pairs.length} pairs the other way round`,
    verdict: wrong.length === 0 ? 'within' : 'outside',
  };
}

interface Scored {
  readonly strategy: string;
  readonly score: number;
  readonly text: string;
}

/** The mean over seeds; of labels to a target, which may be infinite, the median. */
function scored(strategy: string, { by, where }: OrderRow, cells: readonly Cell[]): Scored[] {
  const cell = cellAt(cells, strategy, where);
  const values = cell && scores(cell, by);
  if (cell === undefined || values === undefined) return [];
  const isLabels = typeof by === 'object' && 'labelsTo' in by;
  const score = isLabels ? nearestPercentile(values, 0.5) : meanOf(values);
  const text = !isLabels ? share(score) : score === -Infinity ? `>${lastLabels(cell)}` : String(-score);
  return [{ strategy, score, text }];
}

function byText(by: Measure): string {
  if (by === 'aubc') return 'area under the learning curve, mean over seeds';
  if ('accuracyAt' in by) return `accuracy at ${by.accuracyAt.toLocaleString('en')} labels, mean over seeds`;
  return `labels to ${Number((100 * by.labelsTo).toFixed(2))} %, median over seeds`;
}

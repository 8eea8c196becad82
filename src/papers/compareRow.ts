/**
 * A published row held against our trials: what each side says, by how much they differ, and whether that is within
 * the band.
 */
import { type Cell, estimate, meanOf } from '../analysis/index.ts';
import { counted } from '../foundation/counted.ts';
import type { ComparedRow } from './comparedRow.ts';
import { compareOrder } from './compareOrder.ts';
import { accuraciesAt, cellAt, labelsTo, lastLabels } from './measure.ts';
import type { Band, Figure, FigureRow, Place, PublishedRow } from './published.ts';
import { quartilesOf } from './quartiles.ts';
import { bandText, figureText, labelsText, share, signedShare, signedWhole } from './rowText.ts';

/** Between these, both included, ours agrees. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** `cells` are of all trials of the reproduction. */
export function compareRow(row: PublishedRow, cells: readonly Cell[]): ComparedRow {
  if (row.kind === 'statement') {
    return {
      ...{
        what: row.claim,
        published: '–',
        ours: '–',
        difference: '–',
        verdict: 'not comparable',
        band: '–',
      },
      ...{ sources: [`${row.source} (${row.read})`], remarks: [row.incomparable] },
    };
  }
  const own = row.samples === undefined ? cells : cells.filter((cell) => takesSamples(cell, row.samples));
  const compared = row.kind === 'order' ? compareOrder(row, own) : compareFigure(row, own);
  const remarks = [...compared.remarks, ...(row.remark === undefined ? [] : [row.remark])];
  if (row.incomparable === undefined) return { ...compared, remarks };
  const verdict = compared.verdict === 'not reached' ? 'not reached' : 'not comparable';
  return { ...compared, verdict, band: '–', remarks: [...remarks, row.incomparable] };
}

function takesSamples({ finished }: Cell, count: number | undefined): boolean {
  return finished.every(({ header }) => header.trial.identity.model.samples?.count === count);
}

function compareFigure(row: FigureRow, cells: readonly Cell[]): ComparedRow {
  const first = row.published[0] as Figure;
  const common = {
    what: whatOf(row),
    published: row.published.map((figure) => figureText(row.kind, figure)).join('; '),
    band: bandText(row.band),
    sources: row.published.map(({ source, read, numSeeds }) =>
      numSeeds === undefined ? `${source} (${read})` : `${source} (${read}, ${counted(numSeeds, 'seed')})`,
    ),
    remarks: [],
  };
  const notReached = { ...common, ours: '–', difference: '–', verdict: 'not reached' as const };
  const cell = cellAt(cells, row.strategy, row.where);
  if (cell === undefined) return notReached;
  const values =
    row.kind === 'accuracy' ? accuraciesAt(cell, row.numLabels) : labelsTo(cell, row.accuracy, row.counting);
  if (values === undefined) return notReached;
  const ours = row.kind === 'accuracy' ? meanOf(values) : quartilesOf(values)[1];
  const range = bandRange(row.band, row.published, values);
  const text =
    row.kind === 'accuracy' ? accuracyText(values) : labelsText(quartilesOf(values), lastLabels(cell));
  // Censored before the band ends, or before their runs do, ours may still lie in it.
  const end = range.high === Infinity ? (first.limit ?? Infinity) : range.high;
  if (ours === Infinity && lastLabels(cell) < end) {
    return { ...notReached, ours: text };
  }
  const difference =
    first.value === null || ours === Infinity
      ? '–'
      : row.kind === 'accuracy'
        ? signedShare(ours - first.value)
        : signedWhole(ours - first.value);
  return {
    ...{ ...common, ours: text, difference },
    verdict: isWithin(ours, range) ? 'within' : 'outside',
    ...(first.value !== null && Number.isFinite(ours) && { values: { published: first.value, ours } }),
  };
}

/** Rounding in decimal notation decides nothing. */
function isWithin(ours: number, { low, high }: Range): boolean {
  return ours >= low - 1e-9 && (ours <= high + 1e-9 || high === Infinity);
}

/** Where ours must lie. What was published as not reached bounds nothing from above. */
function bandRange(band: Band, published: readonly Figure[], ours: readonly number[]): Range {
  const first = published[0] as Figure;
  const value = first.value ?? Infinity;
  switch (band.rule) {
    case 'quartiles': {
      const [low, , high] = first.quartiles ?? [value, value, value];
      return { low: low ?? Infinity, high: high ?? Infinity };
    }
    case 'spread':
      return { low: value - (first.spread ?? 0), high: value + (first.spread ?? 0) };
    case 'tolerance':
      return { low: value - band.by, high: value + band.by };
    case 'between': {
      const values = published.map((figure) => figure.value ?? Infinity);
      return { low: Math.min(...values) * (1 - band.by), high: Math.max(...values) * (1 + band.by) };
    }
    case 'seeds': {
      // As a band around our mean: the published value lies among the seeds.
      const isAmong = value >= Math.min(...ours) && value <= Math.max(...ours);
      return isAmong ? { low: -Infinity, high: Infinity } : { low: Infinity, high: Infinity };
    }
  }
}

function accuracyText(values: readonly number[]): string {
  const { mean, standardDeviation } = estimate(values);
  const spread =
    standardDeviation === undefined ? 'one seed' : `± ${share(standardDeviation)}, ${values.length} seeds`;
  return `${share(mean)} (${spread})`;
}

function whatOf(row: FigureRow): string {
  const samples = row.samples === undefined ? [] : [`${row.samples} samples`];
  const strategy = [row.strategy, placeText(row.where), ...samples].filter((text) => text !== '').join(', ');
  if (row.kind === 'accuracy') return `${strategy}: accuracy at ${row.numLabels.toLocaleString('en')} labels`;
  const counting = row.counting === 'reached' ? '' : ', counted at the start of the batch';
  return `${strategy}: labels to ${Number((100 * row.accuracy).toFixed(2))} %${counting}`;
}

/** `b = 10, from 20 labels`; empty where a row leaves all open. */
export function placeText({ model, oracle, initialPoolSize, queryBatchSize }: Place): string {
  return [
    ...(model === undefined ? [] : [model]),
    ...(oracle === undefined ? [] : [oracle]),
    ...(queryBatchSize === undefined ? [] : [`b = ${queryBatchSize}`]),
    ...(initialPoolSize === undefined ? [] : [`from ${initialPoolSize} labels`]),
  ].join(', ');
}

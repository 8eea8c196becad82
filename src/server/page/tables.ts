/** Runs in the page. Trials at work, trials that failed, and every cell in figures. */
/// <reference lib="dom" />
import type { LiveCell, LiveGroup, LiveTrial, StrategyLook } from '../messages.ts';
import { byId, html, setText } from './element.ts';
import { swatch } from './swatch.ts';

export interface Naming {
  readonly groups: ReadonlyMap<string, LiveGroup>;
  readonly styles: Readonly<Record<string, StrategyLook>>;
}

const MOST_ROWS = 40;

export function showRunning(trials: readonly LiveTrial[], naming: Naming): void {
  byId('running').hidden = trials.length === 0;
  const rows = trials
    .slice(0, MOST_ROWS)
    .map((trial) => [
      ...where(trial, naming),
      html('td', { class: 'right' }, [`${trial.numRounds} of ${trial.plannedRounds}`]),
      html('td', {}, [
        html('progress', { max: trial.plannedRounds, value: trial.numRounds, 'aria-label': 'rounds done' }),
      ]),
      html('td', { class: 'right' }, [trial.accuracy?.toFixed(4) ?? '']),
    ]);
  fill('running-rows', rows, trials.map(({ id, numRounds }) => `${id} ${numRounds}`).join());
}

export function showFailed(trials: readonly LiveTrial[], numFailed: number, naming: Naming): void {
  byId('failed').hidden = trials.length === 0;
  const more = numFailed - trials.length;
  setText(byId('more-failed'), more > 0 ? `And ${more} more.` : '');
  const rows = trials.map((trial) => [
    ...where(trial, naming),
    html('td', { class: 'reason' }, [trial.reason ?? '']),
  ]);
  fill('failed-rows', rows, trials.map(({ id, reason }) => `${id} ${reason}`).join());
}

export function showCells(cells: readonly LiveCell[], { groups, styles }: Naming): void {
  const rows = cells.map(({ strategy, group, curve, numFinished, numRunning, numFailed, numPlanned }) => [
    html('th', { scope: 'row' }, [swatch(styles[strategy]), strategy]),
    html('td', {}, [groups.get(group)?.name ?? '']),
    html('td', { class: 'right' }, [`${numFinished} of ${numPlanned}`]),
    html('td', { class: 'right' }, [String(numRunning)]),
    html('td', { class: 'right' }, [String(numFailed)]),
    html('td', { class: 'right' }, [
      last(curve.spent)?.toLocaleString('en', { maximumFractionDigits: 2 }) ?? '',
    ]),
    html('td', { class: 'right' }, [last(curve.mean)?.toFixed(4) ?? '']),
    html('td', { class: 'right' }, [String(last(curve.numSeeds) ?? '')]),
  ]);
  fill(
    'cell-rows',
    rows,
    JSON.stringify(cells.map(({ curve, ...rest }) => [rest, curve.spent.length, last(curve.mean)])),
  );
}

function where({ strategy, group, seed }: LiveTrial, { groups, styles }: Naming): readonly HTMLElement[] {
  return [
    html('th', { scope: 'row' }, [swatch(styles[strategy]), strategy]),
    html('td', {}, [groups.get(group)?.name ?? '']),
    html('td', { class: 'right' }, [String(seed)]),
  ];
}

/** Rows are replaced only where something differs from last time: a reader's selection stays. */
function fill(id: string, rows: readonly (readonly HTMLElement[])[], key: string): void {
  const body = byId(id);
  if (body.dataset.key === key) return;
  body.dataset.key = key;
  body.replaceChildren(...rows.map((cells) => html('tr', {}, cells)));
}

function last<T>(values: readonly T[]): T | undefined {
  return values.at(-1);
}

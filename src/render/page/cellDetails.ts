/** What lies behind a row of the ranking: every seed's area, all metrics in the end, and the trials that are missing. */
import {
  aubc,
  type Cell,
  curveAxis,
  type Group,
  meanOf,
  metricTitles,
  type Over,
  seedCurves,
} from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import type { Metrics, StoredTrial } from '../../store/record.ts';
import { escapeHtml } from '../escapeHtml.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import { decimal } from './figures.ts';
import { swatch } from './swatch.ts';

const metrics = Object.keys(metricTitles) as (keyof Metrics)[];
const shortTitles: Readonly<Record<keyof Metrics, string>> = {
  accuracy: 'accuracy',
  nll: 'NLL',
  macroF1: 'macro-F1',
  brier: 'Brier',
  ece: 'ECE',
};

/** Folded; `order` names the strategies from top to bottom. */
export function cellDetails(
  group: Group,
  {
    name,
    order,
    styles,
    over,
  }: { name: string; order: readonly string[]; styles: StrategyStyles; over: Over },
): string {
  const cells = order.flatMap((strategy) => group.cells.find((cell) => cell.strategy === strategy) ?? []);
  const title = escapeHtml(name);
  return `<details>
<summary>${title} <span class="soft">· ${counted(cells.length, 'cell')}</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="In the end: ${title}">
<table><caption>In the end, mean over seeds</caption>
<thead><tr><th scope="col">strategy</th><th scope="col">finished</th><th scope="col">failed</th><th scope="col">unfinished</th>${metrics
    .map(
      (metric) =>
        `<th scope="col" title="${escapeHtml(metricTitles[metric].title)}">${shortTitles[metric]}</th>`,
    )
    .join('')}</tr></thead>
<tbody>${cells.map((cell) => endRow(cell, styles)).join('\n')}</tbody></table></div>
${areaTable(cells, { title, styles, over })}
${troubles(cells)}
</details>`;
}

function endRow(cell: Cell, styles: StrategyStyles): string {
  const { finished, failed, unfinished } = cell;
  const counts = [finished, failed, unfinished].map((trials) => `<td>${trials.length}</td>`).join('');
  const values = metrics.map((metric) => {
    const ends = finished.flatMap(({ rounds }) => rounds.at(-1)?.metrics[metric] ?? []);
    return `<td>${ends.length === 0 ? '–' : decimal(meanOf(ends))}</td>`;
  });
  return `<tr>${rowHead(cell, styles)}${counts}${values.join('')}</tr>`;
}

/** AUBC of every seed: what all tests rest on. */
function areaTable(
  cells: readonly Cell[],
  { title, styles, over }: { title: string; styles: StrategyStyles; over: Over },
): string {
  const axis = curveAxis(cells, over);
  const areas = cells.map((cell) => ({
    cell,
    bySeed: new Map(
      seedCurves(cell, { axis }).curves.flatMap(({ seed, points }) =>
        points.length === 0 ? [] : [[seed, aubc(points)] as const],
      ),
    ),
  }));
  const seeds = [...new Set(areas.flatMap(({ bySeed }) => [...bySeed.keys()]))].sort((a, b) => a - b);
  if (seeds.length === 0) return '';
  const body = areas.map(({ cell, bySeed }) => {
    const values = seeds.map((seed) => `<td>${decimal(bySeed.get(seed))}</td>`);
    return `<tr>${rowHead(cell, styles)}${values.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="AUBC by seed: ${title}">
<table><caption>AUBC by seed</caption>
<thead><tr><th scope="col">strategy</th>${seeds.map((seed) => `<th scope="col">${seed}</th>`).join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}

function troubles(cells: readonly Cell[]): string {
  const items = cells.flatMap(({ strategy, failed }) =>
    failed.map((trial: StoredTrial) => {
      const { identity, id } = trial.header.trial;
      const reason = trial.footer?.reason ?? 'no reason recorded';
      return `<li>${escapeHtml(`${strategy}, seed ${identity.seed} (${id}): ${reason}`)}</li>`;
    }),
  );
  return items.length === 0 ? '' : `<p>Failed trials</p><ul class="notes">${items.join('\n')}</ul>`;
}

function rowHead({ strategy }: Cell, styles: StrategyStyles): string {
  return `<th scope="row">${swatch(styles.get(strategy))}${escapeHtml(strategy)}</th>`;
}

/** What was asked and how: the axes of the sweep at the top of the page, and at its end all it takes to run it again. */
import { type Analysis, groupName, naturalOrder } from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import type { StoredTrial } from '../../store/record.ts';
import { escapeHtml } from '../escapeHtml.ts';
import { listed } from './figures.ts';

export interface ReportSource {
  /** Where the records lie, as it was named. */
  readonly directory: string;
  readonly name: string;
  /** As resolved; written out as JSON. */
  readonly spec?: unknown;
}

/** Terms and what they were, of the trials of a report. */
export function setupTerms(trials: readonly StoredTrial[]): readonly (readonly [string, string])[] {
  const values = (of: (trial: StoredTrial) => string | number): string[] =>
    [...new Set(trials.map(of))].sort(naturalOrder).map(String);
  const label = (kind: 'dataset' | 'model' | 'strategy' | 'oracle') =>
    values(({ header }) => header.trial.labels[kind]);
  const identity = (of: (identity: StoredTrial['header']['trial']['identity']) => number) =>
    values(({ header }) => of(header.trial.identity));
  const strategies = label('strategy');
  return [
    ['data', listed(label('dataset'), 8)],
    ['model', listed(label('model'), 8)],
    [`${strategies.length === 1 ? 'strategy' : `${strategies.length} strategies`}`, listed(strategies)],
    ['initial pool', listed(identity(({ initialPoolSize }) => initialPoolSize))],
    ['query batch', listed(identity(({ queryBatchSize }) => queryBatchSize))],
    ['budget', `${listed(identity(({ budget }) => budget))} queries in the end`],
    ['oracle', listed(label('oracle'), 8)],
    ['seeds', seedRange(values(({ header }) => header.trial.identity.seed).map(Number))],
  ];
}

function seedRange(seeds: readonly number[]): string {
  const sorted = [...seeds].sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const isRange = last - first === sorted.length - 1 && sorted.length > 2;
  return isRange
    ? `${sorted.length} (${first} to ${last})`
    : `${sorted.length} (${listed(sorted.map(String), 12)})`;
}

/** How much work the report stands on. */
export function scope({ groups }: Analysis): string {
  const rows = groups.flatMap(({ results }) => results.map(({ row }) => row));
  const total = (count: 'numFinished' | 'numFailed' | 'numUnfinished') =>
    rows.reduce((sum, row) => sum + row[count], 0);
  const parts = [counted(total('numFinished'), 'finished trial')];
  if (total('numFailed') > 0) parts.push(`${total('numFailed')} failed`);
  if (total('numUnfinished') > 0) parts.push(`${total('numUnfinished')} unfinished`);
  const strategies = new Set(rows.map(({ strategy }) => strategy)).size;
  const settings =
    groups.length === 1 ? groupName(groups[0]?.group ?? neverGroup, []) : counted(groups.length, 'setting');
  return `${counted(strategies, 'query strategy', 'query strategies')}, ${settings}, ${parts.join(', ')}`;
}

const neverGroup = { dataset: '', model: '', oracle: '', initialPoolSize: 0, queryBatchSize: 0 };

export function environmentSection(environment: Readonly<Record<string, string>>): string {
  const items = Object.entries(environment).map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`,
  );
  if (items.length === 0) return '';
  return `<section aria-labelledby="environment">
<h2 id="environment">Environment</h2>
<dl class="terms">${items.join('\n')}</dl>
</section>`;
}

/** The commands, and each experiment's spec as it was resolved. */
export function againSection(command: string | undefined, sources: readonly ReportSource[]): string {
  const specs = sources.flatMap(({ directory, name, spec }) => {
    if (spec === undefined) return [];
    const text = escapeHtml(JSON.stringify(spec, undefined, 1));
    return [
      `<details><summary>Spec of ${escapeHtml(name)}, resolved <span class="soft">· ${escapeHtml(directory)}</span></summary>
<pre tabindex="0" aria-label="Spec of ${escapeHtml(name)}">${text}</pre></details>`,
    ];
  });
  if (command === undefined && specs.length === 0) return '';
  return `<section aria-labelledby="again">
<h2 id="again">Run it again</h2>
${command === undefined ? '' : `<pre class="card">${escapeHtml(command)}</pre>`}
${specs.join('\n')}
</section>`;
}

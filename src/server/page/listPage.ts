/** Runs in the page of all runs. */
/// <reference lib="dom" />
import type { ListedRun } from '../messages.ts';
import { connect } from './connect.ts';
import { byId, html, setText } from './element.ts';
import { number } from './progress.ts';
import { takeToken } from './token.ts';

const STATES: Readonly<Record<ListedRun['state'], string>> = {
  preparing: 'Preparing',
  running: 'Running',
  complete: 'Complete',
  stopped: 'Stopped',
  'report-only': 'Report',
  unreadable: 'Unreadable',
};

function row(run: ListedRun): HTMLElement {
  const href = run.state === 'report-only' ? (run.report ?? run.href) : run.href;
  const name = html('th', { scope: 'row' }, [html('a', { href }, [run.name])]);
  if (run.name !== run.id) name.append(' ', html('span', { class: 'soft' }, [run.id]));
  const ended = run.numFinished + run.numFailed;
  const hasTrials = run.numPlanned > 0;
  const failed = run.numFailed > 0 ? html('span', { class: 'bad' }, [number(run.numFailed)]) : '';
  return html('tr', {}, [
    name,
    html('td', {}, [html('span', { class: 'pill', 'data-state': run.state }, [STATES[run.state]])]),
    html(
      'td',
      {},
      hasTrials
        ? [html('progress', { max: run.numPlanned, value: ended, 'aria-label': 'trials that have ended' })]
        : [],
    ),
    html(
      'td',
      { class: 'right' },
      hasTrials ? [`${number(run.numFinished)} of ${number(run.numPlanned)}`] : [],
    ),
    html('td', { class: 'right' }, [failed]),
    html('td', {}, [run.changedAt > 0 ? when(run.changedAt) : '']),
    html(
      'td',
      {},
      run.report === undefined
        ? []
        : [
            html('a', { href: run.report }, [
              'report',
              html('span', { class: 'spoken' }, [` of ${run.name}`]),
            ]),
          ],
    ),
  ]);
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

function when(time: number): string {
  return format.format(time);
}

let shown = '';

function receive({ runs }: { readonly runs: readonly ListedRun[] }): void {
  const text = JSON.stringify(runs);
  document.documentElement.dataset.ready = 'true';
  if (text === shown) return;
  shown = text;
  const focused = document.activeElement?.getAttribute('href');
  const body = byId('runs');
  body.replaceChildren(...runs.map(row));
  const again = [...body.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused);
  again?.focus();
  const numRunning = runs.filter(({ state }) => state === 'running').length;
  const count = runs.length === 1 ? '1 results directory' : `${number(runs.length)} results directories`;
  setText(byId('count'), numRunning > 0 ? `${count}, ${numRunning} running` : count);
  byId('none').hidden = runs.length > 0;
}

takeToken();
connect('/events', receive, (state) => {
  document.documentElement.dataset.connection = state;
  setText(byId('connection'), state === 'open' ? '' : 'Connection lost. Trying again …');
});

/** Runs in the page. The head of a run's page: how far it is, in a bar and in figures, and what one can do. */
/// <reference lib="dom" />
import type { RunStatus } from '../messages.ts';
import { byId, setAttributes, setText } from './element.ts';
import { ask, hasToken } from './token.ts';

const STATES: Readonly<Record<RunStatus['state'], string>> = {
  preparing: 'Preparing',
  running: 'Running',
  complete: 'Complete',
  stopped: 'Stopped',
};

/** @param path of the run, as addresses end in it */
export function setUpActions(path: string): void {
  const act = async (address: string): Promise<void> => {
    const problem = await ask(address);
    setText(byId('trouble'), problem ?? '');
  };
  byId('stop').addEventListener('click', () => {
    if (confirm('Stop this run? Rounds that are done are kept, and running it again continues.'))
      void act(`/stop/${path}`);
  });
  byId('make-report').addEventListener('click', () => void act(`/make-report/${path}`));
}

export function showStatus(status: RunStatus): void {
  const { counts, state, report } = status;
  document.title = titleOf(status);
  setText(byId('name'), status.name === '' ? (byId('page').dataset.run ?? '') : status.name);
  setText(byId('state'), status.isStopping && state === 'running' ? 'Stopping' : STATES[state]);
  setAttributes(byId('state'), { 'data-state': state });
  const ended = counts.finished + counts.failed;
  const bar = byId('bar');
  const parts = {
    ...{ finished: counts.finished, failed: counts.failed, running: counts.running + counts.paused },
    waiting: counts.planned === 0 ? 1 : counts.waiting,
  };
  for (const [name, count] of Object.entries(parts)) {
    const part = bar.querySelector<HTMLElement>(`.${name}`);
    if (part === null) continue;
    part.hidden = count === 0;
    part.style.flexGrow = String(count);
  }
  setAttributes(bar, {
    'aria-valuenow': Math.round(100 * status.fraction),
    'aria-valuetext': `${ended} of ${counts.planned} trials have ended`,
  });
  setText(byId('finished'), number(counts.finished));
  setText(byId('planned'), `of ${number(counts.planned)}`);
  setText(byId('running-count'), number(counts.running));
  setText(byId('failed-count'), number(counts.failed));
  byId('failed-count').parentElement?.classList.toggle('bad', counts.failed > 0);
  setText(byId('left'), number(counts.waiting + counts.paused));
  setText(byId('paused'), counts.paused > 0 ? `${number(counts.paused)} begun` : '');
  setText(byId('time-left'), timeLeft(status));
  setText(
    byId('percent'),
    `${(100 * status.fraction).toFixed(status.fraction < 1 && status.fraction > 0.995 ? 1 : 0)} % done`,
  );
  setText(byId('pace'), status.roundsPerMinute === undefined ? '–' : paceText(status.roundsPerMinute));
  setText(byId('rounds'), `${number(status.numRounds)} in all`);
  const reading =
    status.readFraction < 1 ? `Reading the records: ${Math.floor(100 * status.readFraction)} %` : '';
  setText(byId('reading'), status.problem ?? reading);
  byId('again').hidden = state !== 'stopped' || status.command === undefined;
  setText(byId('command'), status.command ?? '');
  byId('stop').hidden = !status.canStop;
  setAttributes(byId('stop'), { ...(status.isStopping && { disabled: '' }) });
  byId('open-report').hidden = report !== 'current' && report !== 'old';
  const makes = {
    none: '',
    current: '',
    missing: 'Make the report',
    old: 'Make the report anew',
    'being-made': 'Making the report …',
  };
  const make = byId('make-report') as HTMLButtonElement;
  setText(make, makes[report]);
  make.hidden = makes[report] === '' || !hasToken();
  make.disabled = report === 'being-made';
}

function titleOf({ name, state, fraction, counts }: RunStatus): string {
  const done = state === 'running' ? `${Math.floor(100 * fraction)} %` : STATES[state];
  const failed = counts.failed > 0 ? `, ${counts.failed} failed` : '';
  return `${done}${failed} · ${name || 'querybench'}`;
}

function timeLeft({ state, secondsLeft, timeLeft }: RunStatus): string {
  if (state === 'complete') return 'none';
  if (state !== 'running' || secondsLeft === undefined) return '–';
  return timeLeft ?? '–';
}

function paceText(roundsPerMinute: number): string {
  return roundsPerMinute < 10 ? roundsPerMinute.toFixed(1) : number(Math.round(roundsPerMinute));
}

export function number(value: number): string {
  return value.toLocaleString('en');
}

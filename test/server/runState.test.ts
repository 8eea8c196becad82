/** What a page is told of a run, held against what lies in its directory while somebody writes there. */
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunSnapshot, RunUpdate } from '../../src/server/messages.ts';
import { type RunControl, runState } from '../../src/server/runState.ts';
import { temporaryFolder } from '../folders.ts';
import { beginRun, finishedRun, headers, write } from './resultsFolder.ts';

const control: RunControl = { canStop: false, isStopping: false, isMakingReport: false };

function asSnapshot(message: RunSnapshot | RunUpdate): RunSnapshot {
  if (message.kind !== 'snapshot') throw new Error('Expected everything, not what has changed.');
  return message;
}

test('a run is told from before it begins to after it ends', () => {
  const root = temporaryFolder();
  const state = runState(join(root, 'sweep'));
  state.look(1000);
  expect(state.snapshot(control).status).toMatchObject({ state: 'preparing', counts: { planned: 0 } });
  const trials = headers(['random', 'margin'], 2);
  const [first, second, third] = trials;
  if (!first || !second || !third) throw new Error('Too few trials.');
  const store = beginRun(root, 'sweep', trials);
  write(store, first, 1);
  state.look(1000);
  const begun = asSnapshot(state.update(control));
  expect(begun.status).toMatchObject({
    ...{ name: 'sweep', state: 'running', numRounds: 1, report: 'none' },
    counts: { planned: 4, finished: 0, failed: 0, running: 1, paused: 0, waiting: 3 },
  });
  expect(begun.groups).toMatchObject([{ name: 'digits, mlp, initial pool 20', extent: [20, 40] }]);
  expect(begun.cells.map(({ strategy, numPlanned, curve }) => [strategy, numPlanned, curve.spent])).toEqual([
    ['margin', 2, []],
    ['random', 2, [20]],
  ]);

  write(store, first, 3, {});
  write(store, second, 2);
  write(store, third, 1, { status: 'failed', reason: 'no luck' });
  state.look(1000);
  const update = state.update(control);
  expect(update.kind).toBe('update');
  expect(update.status.counts).toEqual({
    planned: 4,
    finished: 1,
    failed: 1,
    running: 1,
    paused: 0,
    waiting: 1,
  });
  const random = update.cells.find(({ strategy }) => strategy === 'random');
  expect(random?.curve.numSeeds).toEqual([2, 2, 1]);
  expect(random?.curve.mean[1]).toBeCloseTo(0.605, 12);
  // Nothing of a failed trial is drawn.
  expect(update.cells.find(({ strategy }) => strategy === 'margin')?.curve.spent).toEqual([]);
  expect(update.failed).toMatchObject([{ strategy: 'margin', seed: 0, reason: 'no luck' }]);
  expect(update.running).toMatchObject([{ strategy: 'random', seed: 1, numRounds: 2, plannedRounds: 3 }]);

  store.close();
  state.look(1000);
  const stopped = asSnapshot(state.update(control));
  expect(stopped.status).toMatchObject({
    state: 'stopped',
    report: 'missing',
    counts: { running: 0, paused: 1 },
  });
  const again = beginRun(root, 'sweep', trials);
  for (const header of trials.slice(1)) write(again, header, 3, {});
  again.close();
  state.look(1000);
  expect(state.update(control).status).toMatchObject({
    state: 'complete',
    fraction: 1,
    counts: { finished: 4, failed: 0 },
  });
});

test('without news there is nothing to tell but the state', () => {
  const state = runState(finishedRun(temporaryFolder(), 'sweep'));
  state.look(1000);
  state.update(control);
  state.look(1000);
  expect(state.update(control)).toMatchObject({ kind: 'update', cells: [], running: [], failed: [] });
});

test('an interval needs three seeds, and is Student’s', () => {
  const state = runState(finishedRun(temporaryFolder(), 'sweep', 3));
  state.look(1000);
  const [{ curve } = { curve: undefined }] = state.snapshot(control).cells;
  // Seeds differ by 0.01: a standard deviation of 0.01, t(0.975, 2) = 4.302653.
  expect(curve?.mean[0]).toBeCloseTo(0.51, 12);
  expect(curve?.upper[0]).toBeCloseTo(0.51 + (4.302652729911275 * 0.01) / Math.sqrt(3), 9);
  const two = runState(finishedRun(temporaryFolder(), 'sweep', 2));
  two.look(1000);
  expect(two.snapshot(control).cells[0]?.curve.lower).toEqual([null, null, null]);
});

test('a report is current, then old', () => {
  const directory = finishedRun(temporaryFolder(), 'sweep');
  const report = join(directory, 'report.html');
  const state = runState(directory);
  state.look(1000);
  writeFileSync(report, 'a report');
  expect(state.snapshot(control).status.report).toBe('current');
  utimesSync(report, 1e9, 1e9);
  expect(state.snapshot(control).status.report).toBe('old');
  expect(state.snapshot({ ...control, isMakingReport: true }).status.report).toBe('being-made');
});

test('a first look may take as many turns as it likes', () => {
  const state = runState(finishedRun(temporaryFolder(), 'sweep', 20));
  let numTurns = 0;
  do {
    state.look(0.01);
    numTurns++;
  } while (!state.isCaughtUp);
  expect(numTurns).toBeGreaterThan(2);
  expect(state.snapshot(control).status.counts.finished).toBe(40);
});

test('a directory that goes away, or is no longer an experiment’s, is said and not fallen over', () => {
  const directory = finishedRun(temporaryFolder(), 'sweep');
  const state = runState(directory);
  state.look(1000);
  writeFileSync(join(directory, 'experiment.json'), '{');
  state.look(1000);
  expect(state.snapshot(control).status.problem).toContain('does not describe an experiment');
  rmSync(directory, { recursive: true });
  state.look(1000);
  expect(state.snapshot(control).status).toMatchObject({ state: 'preparing', counts: { planned: 0 } });
});

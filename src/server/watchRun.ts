/** One run, watched by any number of pages: looked at while somebody watches, and told to all of them at once. */
import type { RunSnapshot, RunUpdate } from './messages.ts';
import { type RunControl, runState } from './runState.ts';

type RunListener = (message: RunSnapshot | RunUpdate) => void;

export interface RunWatch {
  /** `listener` hears of everything at once, then of changes, until the returned function is called. */
  subscribe(listener: RunListener): () => void;
  /** Looks now, because something has been done. */
  nudge(): void;
  close(): void;
}

const TICK_MILLISECONDS = { running: 500, idle: 2000, reading: 5 };
/** How long one look may hold up everybody else, and how often those who watch hear of a long first look. */
const SLICE_MILLISECONDS = 40;
const TELL_MILLISECONDS = 400;

export function watchRun(directory: string, control: () => RunControl): RunWatch {
  const state = runState(directory);
  const listeners = new Set<RunListener>();
  let timer: NodeJS.Timeout | undefined;
  let toldAt = 0;

  function tick(): void {
    timer = undefined;
    state.look(SLICE_MILLISECONDS);
    if (state.isCaughtUp || performance.now() - toldAt >= TELL_MILLISECONDS) {
      toldAt = performance.now();
      const message = state.update(control());
      for (const listener of listeners) listener(message);
    }
    const pause = !state.isCaughtUp ? 'reading' : state.isRunning ? 'running' : 'idle';
    schedule(TICK_MILLISECONDS[pause]);
  }

  function schedule(milliseconds: number): void {
    clearTimeout(timer);
    timer = listeners.size === 0 ? undefined : setTimeout(tick, milliseconds);
  }

  return {
    subscribe(listener) {
      if (listeners.size === 0) state.look(SLICE_MILLISECONDS);
      listener(state.snapshot(control()));
      listeners.add(listener);
      if (timer === undefined) schedule(TICK_MILLISECONDS.reading);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) schedule(0);
      };
    },
    nudge() {
      if (listeners.size > 0) schedule(0);
    },
    close() {
      listeners.clear();
      clearTimeout(timer);
    },
  };
}

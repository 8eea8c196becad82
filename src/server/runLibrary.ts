/** The runs that a server shows: found in a folder, or the one that its own process runs. */
import { basename } from 'node:path';
import { countTrials, type RunCounts } from './countTrials.ts';
import { type FoundRun, findRuns, lookAt } from './findRuns.ts';
import type { ListedRun } from './messages.ts';
import { type RunWatch, watchRun } from './watchRun.ts';

export interface LibraryOptions {
  /** A folder of results directories, or one of them. */
  readonly root: string;
  /** `root` is, or is about to be, the directory of a run of this process. */
  readonly isOwnRun: boolean;
  /** Asks that run to stop. */
  readonly stop?: () => void;
  /** Writes a directory's report. Throws `UserError` where it cannot be made. */
  readonly makeReport: (directory: string) => Promise<void>;
}

export interface RunLibrary {
  readonly title: string;
  /** Set where there is one run only. */
  readonly own: FoundRun | undefined;
  find(id: string): FoundRun | undefined;
  /** Undefined where there is no such run. */
  watch(id: string): RunWatch | undefined;
  subscribeToList(listener: (runs: { readonly runs: readonly ListedRun[] }) => void): () => void;
  /** False where it is not ours to stop. */
  stop(id: string): boolean;
  /** False where there is no such run. Several requests at a time are one. */
  makeReport(id: string): Promise<boolean>;
  close(): void;
}

const LIST_MILLISECONDS = 2000;

export function runLibrary({ root, isOwnRun, stop, makeReport }: LibraryOptions): RunLibrary {
  const watches = new Map<string, RunWatch>();
  const counters = new Map<string, () => RunCounts>();
  const beingMade = new Map<string, Promise<void>>();
  const listeners = new Set<(runs: { readonly runs: readonly ListedRun[] }) => void>();
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  const id = basename(root) || 'results';
  const ownRun: FoundRun | undefined = isOwnRun
    ? { id, directory: root, hasRecords: true, hasReport: false }
    : lookAt(root, id)?.hasRecords
      ? lookAt(root, id)
      : undefined;

  const library: RunLibrary = {
    title: basename(root) || root,
    own: ownRun,
    find: (id) => (ownRun === undefined ? findRuns(root) : [ownRun]).find((run) => run.id === id),
    watch(id) {
      const known = watches.get(id);
      if (known !== undefined) return known;
      const run = library.find(id);
      if (run === undefined) return undefined;
      const watch = watchRun(run.directory, () => ({
        canStop: stop !== undefined && id === ownRun?.id,
        ...{ isStopping, isMakingReport: beingMade.has(id) },
      }));
      watches.set(id, watch);
      return watch;
    },
    subscribeToList(listener) {
      listener({ runs: list() });
      listeners.add(listener);
      timer ??= setInterval(() => {
        const runs = list();
        for (const each of listeners) each({ runs });
      }, LIST_MILLISECONDS);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    stop(id) {
      if (stop === undefined || id !== ownRun?.id) return false;
      // Asking twice would be asking for force.
      if (!isStopping) stop();
      isStopping = true;
      watches.get(id)?.nudge();
      return true;
    },
    async makeReport(id) {
      const run = library.find(id);
      if (run === undefined) return false;
      const making = beingMade.get(id) ?? makeReport(run.directory);
      beingMade.set(id, making);
      watches.get(id)?.nudge();
      try {
        await making;
      } finally {
        beingMade.delete(id);
        watches.get(id)?.nudge();
      }
      return true;
    },
    close() {
      clearInterval(timer);
      for (const watch of watches.values()) watch.close();
    },
  };

  function list(): readonly ListedRun[] {
    return (ownRun === undefined ? findRuns(root) : [ownRun])
      .map(listed)
      .sort((a, b) => rank(a) - rank(b) || b.changedAt - a.changedAt);
  }

  function listed({ id, directory, hasRecords, hasReport }: FoundRun): ListedRun {
    const path = id.split('/').map(encodeURIComponent).join('/');
    const common = { id, href: `/run/${path}`, ...(hasReport && { report: `/report/${path}` }) };
    if (!hasRecords) {
      const none = { numPlanned: 0, numFinished: 0, numFailed: 0, changedAt: 0 };
      return { ...common, ...none, name: id, state: 'report-only' };
    }
    const count = counters.get(directory) ?? countTrials(directory);
    counters.set(directory, count);
    const counts = count();
    return { ...common, ...counts, name: counts.name || id };
  }

  return library;
}

/** What runs comes first. */
function rank({ state }: ListedRun): number {
  return state === 'running' ? 0 : state === 'report-only' ? 2 : 1;
}

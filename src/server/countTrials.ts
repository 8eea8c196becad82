/**
 * How a run stands, for the list of all runs: trials by state, from the last line of each file. What has finished is not looked
 * at again, nor is a directory in which nobody writes and nothing has changed.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { lockedSince } from '../store/directoryLock.ts';
import { readExperiment } from '../store/experimentFile.ts';
import { trialPath } from '../store/openTrial.ts';
import { decodeLine } from '../store/recordLine.ts';
import type { ListedRun } from './messages.ts';

export type RunCounts = Pick<
  ListedRun,
  'name' | 'state' | 'numPlanned' | 'numFinished' | 'numFailed' | 'changedAt'
>;

/** A footer is shorter, unless its reason is a novel. */
const TAIL_BYTES = 8192;
const NEWLINE = 0x0a;

/** The counts as they are each time the returned function is called. */
export function countTrials(directory: string): () => RunCounts {
  const ended = new Map<string, 'finished' | 'failed'>();
  let ids: readonly string[] = [];
  let name = '';
  let planStamp = '';
  let quietStamp = '';
  return () => {
    const plan = stampOf(join(directory, 'experiment.json'));
    const folder = stampOf(join(directory, 'trials'));
    const isLocked = lockedSince(directory) !== undefined;
    try {
      if (plan.text !== planStamp) {
        const experiment = readExperiment(directory);
        ids = experiment?.trials.map(({ id }) => id) ?? [];
        name = experiment?.name ?? '';
        planStamp = plan.text;
        ended.clear();
      }
      if (isLocked || quietStamp !== folder.text + plan.text) count();
      // What changed while we looked is looked at once more.
      quietStamp = isLocked ? '' : folder.text + plan.text;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { name, state: 'unreadable', numPlanned: 0, numFinished: 0, numFailed: 0, changedAt: plan.time };
    }
    const statuses = [...ended.values()];
    const numFailed = statuses.filter((status) => status === 'failed').length;
    const isComplete = ended.size === ids.length;
    return {
      ...{ name, numPlanned: ids.length, numFinished: statuses.length - numFailed, numFailed },
      state: isLocked ? 'running' : isComplete ? 'complete' : 'stopped',
      changedAt: Math.max(plan.time, folder.time),
    };
  };

  function count(): void {
    const folder = join(directory, 'trials');
    const present = new Set(existsSync(folder) ? readdirSync(folder) : []);
    for (const id of ids) {
      if (ended.get(id) === 'finished' || !present.has(`${id}.jsonl`)) continue;
      const status = endOf(trialPath(directory, id));
      if (status === undefined) ended.delete(id);
      else ended.set(id, status);
    }
  }
}

function stampOf(path: string): { readonly text: string; readonly time: number } {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { text: `${stats?.size} ${stats?.mtimeMs} ${stats?.ino};`, time: stats?.mtimeMs ?? 0 };
}

/** What the file's last whole line says of the trial's end, if it does. */
function endOf(path: string): 'finished' | 'failed' | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    if (bytes.at(-1) !== NEWLINE) return undefined;
    const start = bytes.lastIndexOf(NEWLINE, -2) + 1;
    const decoded = decodeLine(bytes.subarray(start, -1));
    return decoded.ok && decoded.record.kind === 'footer' ? decoded.record.status : undefined;
  } finally {
    closeSync(file);
  }
}

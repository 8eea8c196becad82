/**
 * One worker's way through the packs that are left. A device that fails is answered with smaller packs; where not even
 * one network fits, with another device if the user left the choice to us, and else with a failed trial.
 */
import type { DeviceFailed } from '../engines/deviceFailed.ts';
import type { Trial, TrialFooter } from '../store/record.ts';
import { halve, type Pack } from './packs.ts';
import { type PackSurroundings, runPack, storeFailure } from './runPack.ts';
import { nextPack } from './schedule.ts';
import type { TrialWorker } from './trialWorker.ts';

/** A device, and what records say of it. */
interface WorkerDevice {
  readonly name: string;
  readonly provenance: Readonly<Record<string, string>>;
}

/** Shared by all workers of a run. */
export interface WorkQueue extends Pick<PackSurroundings, 'directory' | 'reporter' | 'interrupt'> {
  /** Packs nobody has taken; workers take from it and put back what a failing device left. */
  readonly pending: Pack[];
  readonly begunCohorts: Set<string>;
  /** By trial, the device that last ran it. */
  readonly ranOn: Map<string, string>;
  readonly isInterrupted: () => boolean;
  readonly startWorker: (device: string) => TrialWorker;
  readonly device: WorkerDevice;
  /** Where to go on if not even a single network fits on `device`; left out: nowhere. */
  readonly fallback?: (failure: DeviceFailed) => Promise<WorkerDevice>;
  readonly onEnd: (status: TrialFooter['status']) => void;
}

/** Throws `Interrupted`, and what stops the run. */
export async function workThrough(queue: WorkQueue): Promise<void> {
  const { pending, reporter } = queue;
  let { device } = queue;
  let worker = queue.startWorker(device.name);
  let lastCohort: string | undefined;
  try {
    while (!queue.isInterrupted()) {
      const [pack] = pending.splice(nextPack(pending, lastCohort, queue.begunCohorts), 1);
      if (pack === undefined) return;
      lastCohort = pack.at(-1)?.cohort;
      for (const { cohort } of pack) queue.begunCohorts.add(cohort);
      const { name, provenance } = device;
      const ranElsewhere = ({ id }: Trial): boolean => (queue.ranOn.get(id) ?? name) !== name;
      const surroundings = { ...queue, provenance, startsOver: ranElsewhere };
      const { ended, failure } = await runPack(pack, worker, surroundings);
      for (const { id } of pack) queue.ranOn.set(id, name);
      for (const status of ended.values()) queue.onEnd(status);
      if (failure === undefined) continue;
      await worker.terminate();
      const left = pack.filter((trial) => !ended.has(trial));
      const [only] = left;
      if (left.length > 1) {
        pending.unshift(...halve(left));
        reporter?.onWarning?.(`${failure.message} Going on with half as many networks at once.`);
      } else if (queue.fallback !== undefined && only !== undefined) {
        device = await queue.fallback(failure);
        pending.unshift([only]);
        reporter?.onWarning?.(`${failure.message} Going on with the device "${device.name}".`);
      } else if (only !== undefined) {
        storeFailure(only, failure, surroundings);
        queue.onEnd('failed');
      }
      worker = queue.startWorker(device.name);
    }
  } catch (error) {
    queue.interrupt(); // for the other workers: whatever ends one ends the run
    throw error;
  } finally {
    await worker.terminate();
  }
}

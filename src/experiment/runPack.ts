/** One pack on one worker: its trials' files opened, continued, written as records come, closed. */
import { DeviceFailed } from '../engines/deviceFailed.ts';
import { writeModel } from '../store/modelFile.ts';
import { openTrial, type TrialWriter } from '../store/openTrial.ts';
import { type RoundRecord, SCHEMA_VERSION, type Trial, type TrialFooter } from '../store/record.ts';
import type { Pack } from './packs.ts';
import type { Reporter } from './reporter.ts';
import { storedQueries } from './storedQueries.ts';
import type { TrialWorker } from './trialWorker.ts';

export interface PackSurroundings {
  readonly directory: string;
  /** For the trials' headers. */
  readonly provenance: Readonly<Record<string, string>>;
  readonly reporter: Reporter | undefined;
  /** Ends every worker's work. */
  readonly interrupt: () => void;
  /** Whether to begin a trial anew, because what is stored of it comes from another device. */
  readonly startsOver: (trial: Trial) => boolean;
}

export interface PackOutcome {
  /** The trials that ended, and how; without a failure that is all of them. */
  readonly ended: ReadonlyMap<Trial, TrialFooter['status']>;
  /** After it the worker is of no use; what is stored of the other trials stays. */
  readonly failure?: DeviceFailed;
}

/** Runs a pack and stores its records. Throws what `TrialWorker.run` throws, but for a failing device. */
export async function runPack(
  pack: Pack,
  worker: TrialWorker,
  surroundings: PackSurroundings,
): Promise<PackOutcome> {
  const { reporter, interrupt } = surroundings;
  const ended = new Map<Trial, TrialFooter['status']>();
  const open = new Map<string, { readonly trial: Trial; readonly writer: TrialWriter }>();
  const entry = (id: string) => {
    const found = open.get(id);
    if (found === undefined) throw new Error(`A worker spoke of trial ${id}, which it was not given.`);
    return found;
  };
  try {
    for (const trial of pack) open.set(trial.id, { trial, writer: openWriter(trial, pack, surroundings) });
    const trials = [...open.values()].map(({ trial, writer }) => {
      const acquired = storedQueries(trial.identity, surroundings.directory);
      return { trial, storedRounds: writer.rounds, ...(acquired && { acquired }) };
    });
    const stored = <T>(store: () => T): T => {
      try {
        return store();
      } catch (error) {
        interrupt(); // for this worker too, which would go on computing
        throw error;
      }
    };
    await worker.run(
      { trials },
      {
        onRound(id, record: RoundRecord) {
          const { trial, writer } = entry(id);
          stored(() => writer.append(record));
          reporter?.onRound?.({ trial, record });
        },
        onModel: (id, bytes) => stored(() => writeModel(surroundings.directory, id, bytes)),
        onEnd(id, footer) {
          const { trial, writer } = entry(id);
          stored(() => writer.append(footer));
          ended.set(trial, footer.status);
          reporter?.onTrialEnd?.({ trial, footer });
        },
      },
    );
    return { ended };
  } catch (error) {
    if (!(error instanceof DeviceFailed)) throw error;
    return { ended, failure: error };
  } finally {
    for (const { writer } of open.values()) writer.close();
  }
}

function openWriter(
  trial: Trial,
  pack: Pack,
  {
    directory,
    provenance,
    reporter,
    startsOver,
  }: Pick<PackSurroundings, 'directory' | 'provenance' | 'reporter' | 'startsOver'>,
): TrialWriter {
  const environment = { ...provenance, ...(pack.length > 1 && { replicas: String(pack.length) }) };
  const header = { kind: 'header', schemaVersion: SCHEMA_VERSION, trial, environment } as const;
  // A warm start needs the previous round's weights, which are not stored: begin again.
  const { model, queryModel } = trial.identity;
  const isWarm = [model, queryModel].some((each) => each?.training.start === 'warm');
  const writer = openTrial(directory, header, isWarm || startsOver(trial) ? { keepRounds: 0 } : {});
  for (const warning of writer.warnings) reporter?.onWarning?.(warning);
  return writer;
}

/** Ends a trial that no device can hold as failed, where it stays visible. */
export function storeFailure(
  trial: Trial,
  failure: DeviceFailed,
  surroundings: Pick<PackSurroundings, 'directory' | 'provenance' | 'reporter' | 'startsOver'>,
): void {
  const writer = openWriter(trial, [trial], surroundings);
  const numRounds = writer.rounds.length;
  const reason = `Round ${numRounds}: ${failure.message} Use a smaller model or minibatch, or --device cpu.`;
  const footer: TrialFooter = { kind: 'footer', status: 'failed', numRounds, reason, seconds: 0 };
  writer.append(footer);
  writer.close();
  surroundings.reporter?.onTrialEnd?.({ trial, footer });
}

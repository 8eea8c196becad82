/** The side that is checked: a plan's trials, run by this very build, in a directory that no other build writes to. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Interrupted } from '../../experiment/interruption.ts';
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { runExperiment } from '../../experiment/runExperiment.ts';
import { UserError } from '../../foundation/userError.ts';
import { commandLine } from '../commandLine.ts';
import { progressReporter } from '../progressReporter.ts';
import { buildHash, directoryOfBuild } from './checkFolder.ts';

export interface CurrentRunOptions {
  /** As typed; left out, this build's own. */
  readonly out: string | undefined;
  readonly numWorkers: number | undefined;
  /** With the calibrations that speeds are judged by. */
  readonly isTimed: boolean;
  readonly signal: AbortSignal;
}

/** Runs what is missing of `plan`; returns the results directory. Throws `UserError`, `Interrupted`. */
export async function runCurrent(plan: ExperimentPlan, options: CurrentRunOptions): Promise<string> {
  const { out, numWorkers, isTimed, signal } = options;
  const directory = out ?? directoryOfBuild(plan.name, isTimed);
  if (out !== undefined) checkBuild(out);
  const { reporter, end } = progressReporter(process.stderr);
  const outcome = await runExperiment(plan, {
    ...{ directory, signal, calibrate: isTimed, command: commandLine(process.argv.slice(2)) },
    ...(numWorkers !== undefined && { numWorkers }),
    reporter: {
      ...reporter,
      onStart(event) {
        if (out !== undefined) writeFileSync(markOf(out), `${buildHash()}\n`);
        reporter.onStart?.(event);
      },
    },
  }).finally(end);
  if (outcome.state === 'interrupted') throw new Interrupted();
  return directory;
}

/** Hidden, so that it is nothing foreign in a results directory. */
const markOf = (directory: string): string => join(directory, '.build');

/** Throws `UserError("other-build")` where the directory holds results of which it is not known that this build made them. */
function checkBuild(directory: string): void {
  const mark = markOf(directory);
  const isOwn = existsSync(mark) && readFileSync(mark, 'utf8').trim() === buildHash();
  if (isOwn || !existsSync(join(directory, 'experiment.json'))) return;
  throw new UserError(
    'other-build',
    `Results of a check must be made by the querybench that is checked, and those in ${directory} were made by another build or another ` +
      'command. Choose another --out, or leave it out; to compare them as they are, name the directory in place of the spec.',
  );
}

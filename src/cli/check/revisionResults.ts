/**
 * The sweep's results at another revision, made once: they are kept by commit and spec, so that a second check builds
 * and runs nothing. Seeds are no part of that name: more of them go to the others.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { assignmentOf, type SpecOverride } from '../../experiment/specOverrides.ts';
import { contentHash } from '../../foundation/contentHash.ts';
import { UserError } from '../../foundation/userError.ts';
import { readExperiment } from '../../store/experimentFile.ts';
import { trialPath } from '../../store/openTrial.ts';
import { readTrial } from '../../store/readTrial.ts';
import { buildRevision, programOf } from './buildRevision.ts';
import { buildHash, checkFolder, timedSuffix } from './checkFolder.ts';
import { placeSpec } from './revisionFolder.ts';
import { runProgram } from './runProgram.ts';
import { type Subject, shortCommit, subjectName } from './subject.ts';
import { addWorktree, type Worktree } from './worktree.ts';

export interface RevisionOptions {
  readonly subject: Subject;
  readonly spec: string;
  /** Today's, for its seeds and the files it names. */
  readonly plan: ExperimentPlan;
  /** `path=value`, as `--set` has them. */
  readonly changes: readonly SpecOverride[];
  readonly numWorkers?: number | undefined;
  /** With the calibrations that speeds are judged by. */
  readonly isTimed: boolean;
  readonly signal: AbortSignal;
  /** Prints a line. */
  readonly note: (line: string) => void;
}

export interface RevisionResults {
  /**
   * Runs what is missing of these seeds; returns the results directory, which may hold more. Throws `UserError`,
   * `Interrupted`.
   */
  runSeeds(seeds: readonly number[]): Promise<string>;
  /** Removes the revision's files; its results stay. */
  close(): Promise<void>;
}

interface Runnable {
  readonly program: string;
  readonly folder: string;
  readonly spec: string;
}

/** Nothing is built before it is needed. */
export function revisionResults(options: RevisionOptions): RevisionResults {
  const { subject, signal, note } = options;
  const name = subjectName(subject);
  const directory = join(
    checkFolder,
    `${options.plan.name}-at-${shortCommit(subject.commit)}-${keyOf(options.plan, subject)}${timedSuffix(options.isTimed)}`,
  );
  let worktree: Worktree | undefined;
  let runnable: Runnable | undefined;
  return {
    async runSeeds(seeds) {
      if (isComplete(directory, seeds)) {
        note(`The sweep at ${name} is in ${directory} already.`);
        return directory;
      }
      runnable ??= await prepare();
      note(`Running the sweep at ${name}, into ${directory}`);
      const words = ['run', runnable.spec, '--out', resolve(directory), ...optionsFor(seeds, options)];
      const { code } = await runProgram(process.execPath, [runnable.program, ...words], {
        ...{ cwd: runnable.folder, env: environmentThere(), signal, showsProgress: true },
      });
      // 4: failed trials are missing, and named as such.
      if (code === 0 || code === 4) return directory;
      throw new UserError(
        'revision-cannot-run',
        `The revision of --against must run today's spec, and at ${name} it ends with ${code}, for the reason above. Where it does not ` +
          'know something that the spec names, leave that out on both sides, e.g. --set "strategy=[random, margin]".',
      );
    },
    close: async () => worktree?.remove(),
  };

  async function prepare(): Promise<Runnable> {
    const { repository, commit, kind } = subject;
    worktree = await addWorktree(repository, commit, signal);
    const { folder } = worktree;
    if (kind === 'querybench') {
      note(`Building querybench at ${name} …`);
      await buildRevision({ folder, repository, name, signal });
    }
    const program =
      kind === 'querybench' ? programOf(folder) : fileURLToPath(new URL('../main.js', import.meta.url));
    return { program, folder, spec: await placeSpec(folder, options) };
  }
}

/** A revision may know nothing of `check`, which changes no trial. */
function optionsFor(
  seeds: readonly number[],
  { changes, numWorkers, isTimed }: RevisionOptions,
): readonly string[] {
  const assignments = [...changes.map(assignmentOf), 'check=', `seed=[${seeds.join(', ')}]`];
  return [
    ...assignments.flatMap((assignment) => ['--set', assignment]),
    ...(numWorkers === undefined ? [] : ['--workers', String(numWorkers)]),
    ...(isTimed ? ['--calibrate'] : []),
  ];
}

/**
 * What decides trials at the revision beside its commit: the spec but for its seeds and the content of modules, which
 * are the revision's own; and the querybench that runs it, where that is ours.
 */
function keyOf({ spec, engine, device }: ExperimentPlan, { kind }: Subject): string {
  const { seed, target, description, check, ...decisive } = spec as typeof spec & {
    readonly check?: unknown;
  };
  const program = kind === 'querybench' ? process.version : buildHash();
  const text = JSON.stringify({ ...decisive, engine, device, program }, (key, value) =>
    key === 'module' ? { path: value.path } : value,
  );
  return contentHash(text).toString('hex').slice(0, 8);
}

/** Whether every trial of these seeds has finished there. */
function isComplete(directory: string, seeds: readonly number[]): boolean {
  const experiment = readExperiment(directory);
  if (experiment === undefined) return false;
  const wanted = experiment.trials.filter(
    ({ extent }) => extent !== undefined && seeds.includes(extent.seed),
  );
  const found = new Set(wanted.map(({ extent }) => extent?.seed));
  if (seeds.some((seed) => !found.has(seed))) return false;
  return wanted.every(({ id }) => {
    const file = readTrial(trialPath(directory, id));
    return file.state === 'intact' && file.trial.footer?.status === 'finished';
  });
}

/** Paths in the environment are relative to where we are, and the run is elsewhere. */
function environmentThere(): NodeJS.ProcessEnv {
  const { QUERYBENCH_DATA: data, QUERYBENCH_CACHE: cache } = process.env;
  return {
    ...process.env,
    ...(data && { QUERYBENCH_DATA: resolve(data) }),
    ...(cache && { QUERYBENCH_CACHE: resolve(cache) }),
  };
}

/** What a run is compared with: a file, which has the seeds it has, or a revision, which can run any. */
import { existsSync } from 'node:fs';
import type { CellKey } from '../../analysis/index.ts';
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { readStore } from '../../store/readStore.ts';
import type { Baseline } from '../../verdict/baseline.ts';
import { makeBaseline } from '../../verdict/makeBaseline.ts';
import { readBaseline } from '../../verdict/readBaseline.ts';
import type { CheckRequest } from './checkRequest.ts';
import { revisionResults } from './revisionResults.ts';
import type { CheckContext } from './runTrials.ts';
import { describeSubject, findSubject, subjectName } from './subject.ts';

export interface BaselineSide {
  /** As reports call it: a file, or a revision and its commit. */
  readonly name: string;
  /** Seeds that all cells have; left out where any can be had. */
  readonly seeds?: readonly number[];
  /** With these seeds at least, where it can have them; undefined where there is no file and one is to be made. */
  load(seeds: readonly number[]): Promise<Baseline | undefined>;
  close(): Promise<void>;
}

export interface SideOptions extends CheckContext {
  readonly plan: ExperimentPlan;
}

/**
 * Throws `UserError` where the file is missing or broken, and `--update` is not to make it; or where there is no such
 * revision.
 */
export async function openBaselineSide(
  request: CheckRequest,
  { plan, ...context }: SideOptions,
): Promise<BaselineSide> {
  const { compareWith, changes, numWorkers, target } = request;
  if (compareWith.kind === 'file') return fileSide(compareWith.path, request.isUpdate);
  const subject = await findSubject(target.path, compareWith.revision);
  const { note } = context;
  note(describeSubject(subject));
  const name = subjectName(subject);
  const results = revisionResults({ subject, spec: target.path, plan, changes, numWorkers, ...context });
  return {
    name,
    async load(seeds) {
      const { trials } = readStore(await results.runSeeds(seeds));
      const wanted = trials.filter(({ header }) => seeds.includes(header.trial.identity.seed));
      const numFailed = wanted.filter(({ footer }) => footer?.status === 'failed').length;
      if (numFailed > 0) note(`warning: ${numFailed} of ${wanted.length} trials failed at ${name}.`);
      return makeBaseline(wanted, plan.name);
    },
    close: results.close,
  };
}

/** Read at once, so that what is wrong with it is said before anything runs. */
export function fileSide(path: string, isUpdate: boolean): BaselineSide {
  const baseline = isUpdate && !existsSync(path) ? undefined : readBaseline(path);
  const [first, ...others] = baseline?.cells.map(({ seeds }) => seeds.map(({ seed }) => seed)) ?? [];
  return {
    name: path,
    seeds: first?.filter((seed) => others.every((each) => each.includes(seed))) ?? [],
    load: async () => baseline,
    close: async () => undefined,
  };
}

/** Of each cell the seeds that are wanted; a cell without any is left out. */
export function withSeeds(baseline: Baseline, seedsOf: (cell: CellKey) => readonly number[]): Baseline {
  const cells = baseline.cells.map((cell) => {
    const wanted = seedsOf(cell);
    return { ...cell, seeds: cell.seeds.filter(({ seed }) => wanted.includes(seed)) };
  });
  return { ...baseline, cells: cells.filter(({ seeds }) => seeds.length > 0) };
}

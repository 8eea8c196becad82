/**
 * What another program made of the very same splits and initial pools: `<program>.jsonl` beside a reproduction's
 * results, a line per run, keyed by our trial's id. Read once and held beside our trials once, for the table, the
 * points over our curves and the section of a page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { besideRival, type RivalRun } from '../analysis/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { Compared } from '../render/index.ts';
import { unlessMissing } from '../store/fileErrors.ts';
import type { StoredTrial } from '../store/record.ts';

/** All runs of one program in one version. */
export interface Rival {
  /** Its name and version, as `scikit-learn 1.5.2`. */
  readonly program: string;
  /** Versions of what it ran on, as `numpy 2.1.3, python 3.12.3`; may be empty. */
  readonly versions: string;
  readonly runs: readonly RivalRun[];
}

/** What a rival measured beside what we did. */
export interface RivalComparison extends Pick<Rival, 'program' | 'versions'> {
  readonly compared: Compared;
}

const runSchema = z.object({
  trial: z.string(),
  rounds: z.array(z.object({ numLabels: z.int().min(1), accuracy: z.number(), nll: z.number() })).min(1),
  versions: z.record(z.string(), z.string()).default({}),
});

/** All that `folder` has, by file and version; nothing where there is no such folder yet. Throws `UserError("bad-rival")` with file and line. */
export function readRivals(folder: string): readonly Rival[] {
  const files = (unlessMissing(() => readdirSync(folder)) ?? []).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) => {
    const found = new Map<string, Rival & { runs: RivalRun[] }>();
    for (const { program, versions, run } of readRuns(join(folder, file))) {
      const rival = found.get(program) ?? { program, versions, runs: [] };
      rival.runs.push(run);
      found.set(program, rival);
    }
    return [...found.values()];
  });
}

/** A last line without an end is of a run that is being written, or was cut short. */
function readRuns(path: string) {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line, i) =>
    line === '' ? [] : [parseRun(line, `${basename(path)}:${i + 1}`, basename(path, '.jsonl'))],
  );
}

function parseRun(line: string, place: string, stem: string) {
  try {
    const { versions, ...run } = runSchema.parse(JSON.parse(line));
    const { [stem]: own, ...others } = versions;
    return {
      program: own === undefined ? stem : `${stem} ${own}`,
      versions: Object.entries(others)
        .map((each) => each.join(' '))
        .join(', '),
      run,
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(
      'bad-rival',
      `${place}: a run must have a trial's id and its rounds: ${reason}. Run it again.`,
    );
  }
}

/** Those of `rivals` that have a run of a finished trial. */
export function compareWithRivals(
  rivals: readonly Rival[],
  trials: readonly StoredTrial[],
): readonly RivalComparison[] {
  return rivals.flatMap(({ program, versions, runs }) => {
    const compared = {
      accuracy: besideRival(trials, runs, 'accuracy'),
      nll: besideRival(trials, runs, 'nll'),
    };
    return compared.accuracy.length === 0 ? [] : [{ program, versions, compared }];
  });
}

/**
 * What another program made of the very same splits and initial pools: `<program>.jsonl` beside a reproduction's results, a line per
 * run, keyed by our trial's id.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { aubc, cellKey, estimate, learningCurve } from '../analysis/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { PublishedPoint } from '../render/index.ts';
import type { StoredTrial } from '../store/record.ts';
import type { ComparedRow } from './comparedRow.ts';
import { placeText } from './compareRow.ts';
import { share, signedShare } from './rowText.ts';

const run = z.object({
  trial: z.string(),
  rounds: z.array(z.object({ numLabels: z.int().min(1), accuracy: z.number() })).min(1),
  versions: z.record(z.string(), z.string()).default({}),
});

export interface RivalRun {
  /** Its name and version. */
  readonly program: string;
  /** The id of our trial. */
  readonly trial: string;
  readonly rounds: readonly { readonly numLabels: number; readonly accuracy: number }[];
}

/** All runs in `folder`, by program. Throws `UserError("bad-rival")` with file and line. */
export function readRivals(folder: string): readonly RivalRun[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) => {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    return lines.flatMap((line, i) =>
      line === '' ? [] : [parseRun(line, `${file}:${i + 1}`, basename(file, '.jsonl'))],
    );
  });
}

function parseRun(line: string, place: string, stem: string): RivalRun {
  try {
    const { trial, rounds, versions } = run.parse(JSON.parse(line));
    const version = versions[stem];
    return { program: version === undefined ? stem : `${stem} ${version}`, trial, rounds };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(
      'bad-rival',
      `${place}: a run must have a trial's id and its rounds: ${reason}. Run it again.`,
    );
  }
}

/** Runs of one program and one of our cells, and our trials of the same ids. */
interface Pairing {
  readonly program: string;
  readonly cell: ReturnType<typeof cellKey>;
  readonly pairs: readonly { readonly ours: StoredTrial; readonly theirs: RivalRun }[];
}

function pairings(rivals: readonly RivalRun[], trials: readonly StoredTrial[]): readonly Pairing[] {
  const byId = new Map(trials.map((trial) => [trial.header.trial.id, trial]));
  const found = new Map<string, Pairing & { pairs: Pairing['pairs'][number][] }>();
  for (const theirs of rivals) {
    const ours = byId.get(theirs.trial);
    if (ours?.footer?.status !== 'finished') continue;
    const cell = cellKey(ours);
    const key = JSON.stringify([theirs.program, ...Object.values(cell)]);
    const pairing = found.get(key) ?? { program: theirs.program, cell, pairs: [] };
    pairing.pairs.push({ ours, theirs });
    found.set(key, pairing);
  }
  return [...found.values()];
}

/** With more label counts than this, the area under the curve and its end stand for them. */
const MOST_COUNTS = 8;

/** Means of both sides at each label count. `within`: each mean lies within one standard deviation of the other's. */
export function rivalRows(
  rivals: readonly RivalRun[],
  trials: readonly StoredTrial[],
): readonly ComparedRow[] {
  return pairings(rivals, trials).flatMap((pairing) => {
    const curves = pairing.pairs.map(({ ours, theirs }) => ({
      ours: learningCurve(ours),
      theirs: theirs.rounds.map(({ numLabels, accuracy }) => ({ spent: numLabels, value: accuracy })),
    }));
    const counts = sharedCounts(curves.flatMap(({ ours, theirs }) => [ours, theirs]));
    const last = counts.at(-1);
    if (last === undefined) return [];
    const kept = counts.length > MOST_COUNTS ? [last] : counts;
    const at = (points: readonly { spent: number; value: number }[], n: number) =>
      points.find(({ spent }) => spent === n)?.value as number;
    const rows = kept.map((n) =>
      rivalRow(
        pairing,
        `accuracy at ${n.toLocaleString('en')} labels`,
        curves.map(({ ours, theirs }) => ({
          ours: at(ours, n),
          theirs: at(theirs, n),
        })),
      ),
    );
    if (counts.length < 2) return rows;
    const shared = (points: readonly { spent: number; value: number }[]) =>
      aubc(points.filter(({ spent }) => counts.includes(spent)));
    const areas = curves.map(({ ours, theirs }) => ({ ours: shared(ours), theirs: shared(theirs) }));
    return [...rows, rivalRow(pairing, 'area under the learning curve', areas)];
  });
}

function sharedCounts(curves: readonly (readonly { readonly spent: number }[])[]): readonly number[] {
  const [first = [], ...others] = curves;
  return first
    .map(({ spent }) => spent)
    .filter((n) => others.every((curve) => curve.some(({ spent }) => spent === n)));
}

function rivalRow(
  { program, cell, pairs }: Pairing,
  what: string,
  values: readonly { readonly ours: number; readonly theirs: number }[],
): ComparedRow {
  const ours = estimate(values.map((value) => value.ours));
  const theirs = estimate(values.map((value) => value.theirs));
  const difference = ours.mean - theirs.mean;
  const spread = Math.min(ours.standardDeviation ?? 0, theirs.standardDeviation ?? 0);
  const text = ({ mean, standardDeviation }: typeof ours) =>
    standardDeviation === undefined ? share(mean) : `${share(mean)} ± ${share(standardDeviation)}`;
  const { strategy, model } = cell;
  const isOne = values.length < 2;
  return {
    what: `${[strategy, placeText({ model })].join(', ')}: ${what}`,
    ...{ published: text(theirs), ours: text(ours), difference: signedShare(difference) },
    verdict: isOne ? 'not comparable' : Math.abs(difference) <= spread ? 'within' : 'outside',
    band: "each mean within one standard deviation of the other's",
    sources: [`${program}, run on the same rows (${pairs.length} ${pairs.length === 1 ? 'seed' : 'seeds'})`],
    remarks: isOne ? ['one seed has no spread'] : [],
    values: { published: theirs.mean, ours: ours.mean },
  };
}

/** Their means over the seeds that both have. */
export function rivalPoints(
  rivals: readonly RivalRun[],
  trials: readonly StoredTrial[],
): readonly PublishedPoint[] {
  return pairings(rivals, trials).flatMap(({ program, cell, pairs }) => {
    const { strategy, ...where } = cell;
    const counts = sharedCounts(
      pairs.map(({ theirs }) => theirs.rounds.map(({ numLabels }) => ({ spent: numLabels }))),
    );
    return counts.map((numLabels) => {
      const { mean, standardDeviation = 0 } = estimate(
        pairs.flatMap(
          ({ theirs }) => theirs.rounds.find((round) => round.numLabels === numLabels)?.accuracy ?? [],
        ),
      );
      const range = { low: mean - standardDeviation, high: mean + standardDeviation };
      return {
        strategy,
        where,
        numLabels,
        accuracy: mean,
        ...range,
        source: program,
        note: `${program}, ${pairs.length} seeds`,
      };
    });
  });
}

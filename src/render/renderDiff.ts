/** What `querybench diff` says: as text for people, as JSON for programs. */
import { type CellKey, groupName } from '../analysis/index.ts';
import { counted } from '../foundation/counted.ts';
import { ranges } from '../foundation/ranges.ts';
import { cellId } from '../verdict/cellText.ts';
import {
  type ChangedTrial,
  isPairEqual,
  type ResultsDiff,
  type TrialName,
  type TrialPair,
} from '../verdict/diffResults.ts';
import { keyDifferenceText } from '../verdict/keyDifferences.ts';
import type { RoundParting } from '../verdict/partings.ts';

/** What the two runs are called: their directories. */
export interface DiffNames {
  readonly baseline: string;
  readonly current: string;
}

/** Raised when a member changes its meaning. */
const DIFF_VERSION = 1;

export function renderDiffJson(diff: ResultsDiff, names: DiffNames): string {
  const { baseline, current } = names;
  const whole = { format: 'querybench-diff', version: DIFF_VERSION, baseline, current, ...diff };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

/** Per cell its first parting, with all digits; ends with a line feed. */
export function renderDiffText(diff: ResultsDiff, names: DiffNames): string {
  const { shared, changed, onlyInBaseline, onlyInCurrent } = diff;
  const siblings = [...shared, ...changed, ...onlyInBaseline, ...onlyInCurrent];
  const parted = shared.filter(({ parting }) => parting !== undefined);
  const uneven = shared.filter((pair) => pair.parting === undefined && !isPairEqual(pair));
  const sections = [
    [headline(diff, names)],
    seedLines(
      `Only in ${names.baseline}: ${counted(onlyInBaseline.length, 'trial')}`,
      onlyInBaseline,
      siblings,
    ),
    seedLines(`Only in ${names.current}: ${counted(onlyInCurrent.length, 'trial')}`, onlyInCurrent, siblings),
    [...partingLines(`Trials that part: ${parted.length}`, parted, siblings), ...reasonLines(diff, parted)],
    unevenLines(uneven, siblings),
    changedLines(changed, siblings),
    section('Environments', diff.environment.map(keyDifferenceText)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(
  { shared, numBaseline, numCurrent }: ResultsDiff,
  { baseline, current }: DiffNames,
): string {
  const numEqual = shared.filter(isPairEqual).length;
  const equal = numEqual === shared.length ? 'all' : numEqual === 0 ? 'none' : `${numEqual}`;
  const both =
    shared.length === 0
      ? 'they share none'
      : `they share ${shared.length}, ${equal} of which ${numEqual === 1 ? 'is' : 'are'} equal to the last bit`;
  return `${baseline} has ${counted(numBaseline, 'trial')}, ${current} has ${counted(numCurrent, 'trial')}; ${both}.`;
}

/** Whether there is an excuse for bits that differ. */
function reasonLines({ bitReasons }: ResultsDiff, parted: readonly TrialPair[]): string[] {
  if (parted.length === 0) return [];
  return bitReasons.length > 0
    ? [`  Bits may differ for this reason: ${bitReasons.join('; ')}.`]
    : ['  Engine, versions and CPU features are the same: every bit ought to be.'];
}

function partingLines(title: string, parted: readonly TrialPair[], siblings: readonly CellKey[]): string[] {
  return section(
    title,
    byCell(parted).flatMap((pairs) => {
      const [{ seed, parting, ...cell }] = pairs;
      if (parting === undefined) return [];
      const where = `${seedText(pairs)}; at first seed ${seed}, round ${parting.round}`;
      return [`${cellName(cell, siblings)}: ${where}`, `  ${partingText(parting)}`];
    }),
  );
}

/** `metrics.nll: 0.30000000000000004 → 0.3`, `queriedRows[3]: 17 → 25`. */
function partingText({ field, baselineValue, currentValue, sample }: RoundParting): string {
  const place = sample === undefined ? '' : `[${sample.position}]`;
  const row = field === 'answers' && sample?.baselineRow !== undefined ? `, row ${sample.baselineRow}` : '';
  return `${field}${place}${row}: ${baselineValue} → ${currentValue}`;
}

function unevenLines(uneven: readonly TrialPair[], siblings: readonly CellKey[]): string[] {
  return section(
    `Trials that are equal as far as both go: ${uneven.length}`,
    uneven.map((pair) => {
      const [before, after] = [pair.baseline, pair.current].map(
        ({ numRounds, status }) => `${numRounds} rounds, ${status}`,
      );
      return `${cellName(pair, siblings)}, seed ${pair.seed}: ${before} → ${after}`;
    }),
  );
}

function changedLines(changed: readonly ChangedTrial[], siblings: readonly CellKey[]): string[] {
  const counts = new Map<string, number>();
  for (const { changes } of changed) {
    for (const text of changes.map(keyDifferenceText)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const keys = [...counts].map(([text, count]) =>
    count === changed.length ? text : `${text} (${count} of them)`,
  );
  const equal = changed.filter(({ parting }) => parting === undefined);
  return [
    ...section(`Other trials under the same names: ${changed.length}`, keys),
    ...partingLines(
      '  They part:',
      changed.filter(({ parting }) => parting !== undefined),
      siblings,
    ).map(indented),
    ...(equal.length === 0
      ? []
      : [`  Equal to the last bit all the same: ${counted(equal.length, 'trial')}.`]),
  ];
}

const indented = (line: string, i: number): string => (i === 0 ? line : `  ${line}`);

function seedLines(title: string, names: readonly TrialName[], siblings: readonly CellKey[]): string[] {
  const lines = byCell(names).map((members) => `${cellName(members[0], siblings)}: ${seedText(members)}`);
  return section(title, lines);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

/** Neighbours of one cell; lists come by cell. */
function byCell<Name extends TrialName>(names: readonly Name[]): [Name, ...Name[]][] {
  const found = new Map<string, [Name, ...Name[]]>();
  for (const name of names) {
    const members = found.get(cellId(name));
    if (members === undefined) found.set(cellId(name), [name]);
    else members.push(name);
  }
  return [...found.values()];
}

function cellName(cell: CellKey, siblings: readonly CellKey[]): string {
  return `${groupName(cell, siblings)}, ${cell.strategy}`;
}

function seedText(names: readonly TrialName[]): string {
  const seeds = names.map(({ seed }) => seed).sort((a, b) => a - b);
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${ranges(seeds)}`;
}

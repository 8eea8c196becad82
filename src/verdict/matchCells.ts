/** Cells of a baseline and of a run, matched by their labels; and whether these mean the same on both sides. */
import type { CellKey } from '../analysis/index.ts';
import { listed } from '../foundation/listed.ts';
import { UserError } from '../foundation/userError.ts';
import type { BaselineCell } from './baseline.ts';
import { cellId, cellText } from './cellText.ts';
import type { MissingCell } from './checkReport.ts';
import { keyDifferences, keyDifferenceText } from './keyDifferences.ts';

/** What of a cell says what it is of: a planned one has it before anything was run. */
export interface MatchableCell extends CellKey {
  readonly identity: BaselineCell['identity'];
  readonly seeds: readonly { readonly seed: number }[];
}

export interface CellPair<Cell extends MatchableCell = BaselineCell> {
  readonly baseline: BaselineCell;
  readonly current: Cell;
}

export interface MatchedCells<Cell extends MatchableCell> {
  /** In the baseline's order. */
  readonly pairs: readonly CellPair<Cell>[];
  readonly missing: readonly MissingCell[];
  /** Implementations whose version differs: no reason not to compare, it is what a check is for. Whole sentences. */
  readonly warnings: readonly string[];
}

export interface MatchOptions {
  /**
   * Both sides were made of one spec, which two states of a program understood differently: said, and compared.
   * Default: no.
   */
  readonly isOneSpec?: boolean;
}

/**
 * Throws `UserError("other-spec")` where a cell of the same labels is of another spec; says which keys differ, in
 * which cells.
 */
export function matchCells<Cell extends MatchableCell>(
  baselineCells: readonly BaselineCell[],
  currentCells: readonly Cell[],
  { isOneSpec = false }: MatchOptions = {},
): MatchedCells<Cell> {
  const byId = new Map(currentCells.map((cell) => [cellId(cell), cell]));
  const known = new Set(baselineCells.map(cellId));
  const pairs = baselineCells.flatMap((baseline) => {
    const current = byId.get(cellId(baseline));
    return current === undefined ? [] : [{ baseline, current }];
  });
  if (!isOneSpec) refuseOtherSpecs(pairs);
  return {
    pairs,
    missing: [
      ...baselineCells.filter((cell) => !byId.has(cellId(cell))).map((cell) => wholeCell(cell, 'current')),
      ...currentCells.filter((cell) => !known.has(cellId(cell))).map((cell) => wholeCell(cell, 'baseline')),
      ...pairs.flatMap(({ baseline, current }) => [
        ...missingSeeds(baseline, current, 'current'),
        ...missingSeeds(current, baseline, 'baseline'),
      ]),
    ],
    warnings: [
      ...differencesByText(pairs, implementations).map(
        ({ text, cells }) =>
          `Another implementation than the baseline's, ${text}, in ${cells}: their records need not be equal.`,
      ),
      ...(isOneSpec ? differencesByText(pairs, specs) : []).map(
        ({ text, cells }) => `The same spec means something else than it did, ${text}, in ${cells}.`,
      ),
    ],
  };
}

function wholeCell(
  { identity: _, seeds: __, ...key }: MatchableCell,
  missingFrom: MissingCell['missingFrom'],
): MissingCell {
  return { ...key, missingFrom, seeds: [] };
}

function missingSeeds(
  { identity: _, seeds, ...key }: MatchableCell,
  other: MatchableCell,
  missingFrom: MissingCell['missingFrom'],
): MissingCell[] {
  const there = new Set(other.seeds.map(({ seed }) => seed));
  const missing = seeds.map(({ seed }) => seed).filter((seed) => !there.has(seed));
  return missing.length === 0 ? [] : [{ ...key, missingFrom, seeds: missing }];
}

/** Whether cells of the same labels mean the same, whatever implements it. */
export function isSameSpec(pair: CellPair<MatchableCell>): boolean {
  return keyDifferences(...specs(pair)).length === 0;
}

function refuseOtherSpecs(pairs: readonly CellPair<MatchableCell>[]): void {
  const differences = differencesByText(pairs, specs);
  if (differences.length === 0) return;
  const lines = differences.slice(0, 10).map(({ text, cells }) => `  ${text}, in ${cells}`);
  const more = differences.length > 10 ? [`  and ${differences.length - 10} more`] : [];
  throw new UserError(
    'other-spec',
    'A baseline must be of the spec that is checked, and this one is of another:\n' +
      `${[...lines, ...more].join('\n')}\n` +
      'Check the spec that the baseline was made of, or accept this one with --update.',
  );
}

/** Each difference once, with the cells that it is met in. */
function differencesByText(
  pairs: readonly CellPair<MatchableCell>[],
  sidesOf: (pair: CellPair<MatchableCell>) => readonly [object, object],
): { readonly text: string; readonly cells: string }[] {
  const found = new Map<string, string[]>();
  for (const pair of pairs) {
    for (const text of keyDifferences(...sidesOf(pair)).map(keyDifferenceText)) {
      found.set(text, [...(found.get(text) ?? []), cellText(pair.current)]);
    }
  }
  return [...found].map(([text, cells]) => ({ text, cells: cellsText(cells, pairs.length) }));
}

function cellsText(cells: readonly string[], numCells: number): string {
  if (cells.length === numCells && numCells > 1) return `all ${numCells} cells`;
  if (cells.length <= 3) return listed(cells);
  return `${cells.slice(0, 3).join(', ')} and ${cells.length - 3} more`;
}

/** Parts of an identity that name an implementation: a registry's entries, and files of the user's own. */
const implemented = ['strategy', 'oracle'] as const;
const versionKeys: readonly string[] = ['version', 'sha256'];

const specs = ({ baseline, current }: CellPair<MatchableCell>): readonly [object, object] => [
  withoutImplementation(baseline),
  withoutImplementation(current),
];

const implementations = ({ baseline, current }: CellPair<MatchableCell>): readonly [object, object] => [
  implementationOf(baseline),
  implementationOf(current),
];

function withoutImplementation({ identity }: MatchableCell): object {
  const parts = implemented.map((part) => [
    part,
    filtered(identity[part], (key) => !versionKeys.includes(key)),
  ]);
  return { ...identity, ...Object.fromEntries(parts) };
}

function implementationOf({ identity }: MatchableCell): object {
  const isKept = (key: string, value: unknown): boolean =>
    versionKeys.includes(key) || (typeof value === 'object' && key !== 'options');
  return Object.fromEntries(implemented.map((part) => [part, filtered(identity[part], isKept)]));
}

/** A copy with the members that are kept, at every depth but within options, which are the user's words. */
function filtered(value: unknown, isKept: (key: string, value: unknown) => boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => filtered(each, isKept));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key, member]) => isKept(key, member));
  return Object.fromEntries(
    members.map(([key, member]) => [key, key === 'options' ? member : filtered(member, isKept)]),
  );
}

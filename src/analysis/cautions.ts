/** What a reader must know before believing a table: everything missing, uneven or mixed, in plain sentences. */
import { canonicalJson } from '../foundation/contentHash.ts';
import { listed } from '../foundation/listed.ts';
import type { StoredTrial } from '../store/record.ts';
import { countSeeds, seedCurves } from './cellCurve.ts';
import type { Cell, Group } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { groupName } from './groupName.ts';
import { selectionOverlap } from './selectionOverlap.ts';
import { type Over, spendings } from './spending.ts';

/** One sentence per matter, group by group; none if all cells are complete and even. */
export function cautions(allGroups: readonly Group[], over: Over = 'labels'): string[] {
  return allGroups.flatMap((group) => {
    const name = groupName(group, allGroups);
    return cautionsOfGroup(group, over).map((caution) => `${name}: ${caution}`);
  });
}

function cautionsOfGroup(group: Group, over: Over): string[] {
  const found: string[] = [];
  const axis = curveAxis(group.cells, over);
  if (axis.grid) found.push(interpolationCaution(axis.grid, over));
  for (const cell of group.cells) found.push(...cautionsOfCell(cell, axis));
  const finished = group.cells.filter((cell) => cell.finished.length > 0);
  const single = finished.filter((cell) => countSeeds(cell) === 1).map((cell) => cell.strategy);
  if (single.length > 0) {
    found.push(`one seed for ${listed(single)}, so no interval and no standard deviation can be given.`);
  }
  const seeds = new Set(finished.map((cell) => cell.finished.map(seedOf).join()));
  if (seeds.size > 1) {
    found.push('the strategies have finished different seeds, so their means are not over the same trials.');
  }
  for (const { first, second, numSeeds, numIdentical, byRound } of selectionOverlap(group).pairs) {
    if (numIdentical < numSeeds || byRound.length === 0) continue;
    const seedsText = numSeeds === 1 ? 'the one seed they share' : `all ${numSeeds} seeds they share`;
    found.push(
      `${first} and ${second} asked for the very same samples in the same order with ${seedsText}: whatever their ` +
        'names, this run has not compared two strategies.',
    );
  }
  const ends = new Set(finished.map((cell) => seedCurves(cell, { axis }).curves[0]?.points.at(-1)?.spent));
  if (ends.size > 1) {
    found.push(
      `the strategies end at different numbers of ${spendings[over].noun}, so final accuracy and AUBC do not compare.`,
    );
  }
  return found;
}

function interpolationCaution(grid: readonly number[], over: Over): string {
  const { noun } = spendings[over];
  const [start, end] = [grid[0], grid.at(-1)];
  if (start === undefined || end === undefined) {
    return `no two curves can be compared, because no stretch of ${noun} is covered by all trials.`;
  }
  const show = (value: number) => Number(value.toFixed(2));
  return (
    `trials were measured at different numbers of ${noun}, so curves, final accuracy and AUBC are read between rounds by ` +
    `straight lines, at ${grid.length} places from ${show(start)} to ${show(end)} ${noun} that all trials cover.`
  );
}

function cautionsOfCell(cell: Cell, axis: CurveAxis): string[] {
  const found: string[] = [];
  const missing: string[] = [];
  const all = cell.finished.length + cell.failed.length + cell.unfinished.length;
  if (cell.failed.length > 0) {
    const reason = cell.failed[0]?.footer?.reason;
    const because = reason === undefined ? '' : ` (first reason: ${reason})`;
    missing.push(`failed in ${cell.failed.length} of ${all} trials${because}`);
  }
  if (cell.unfinished.length > 0) missing.push(`is unfinished in ${cell.unfinished.length} of ${all} trials`);
  if (missing.length > 0) {
    const consequence = cell.finished.length === 0 ? ', so it has no curve' : '';
    found.push(`${cell.strategy} ${missing.join(' and ')}${consequence}.`);
  }
  const { dropped } = seedCurves(cell, { axis });
  if (dropped.length > 0) {
    found.push(
      `${cell.strategy}'s seeds differ in their numbers of ${spendings[axis.over].noun}; ${dropped.length} of them not shared by all were dropped.`,
    );
  }
  if (new Set(cell.finished.map(settings)).size > 1) {
    found.push(`${cell.strategy} mixes trials that were run with different settings under the same name.`);
  }
  return found;
}

function seedOf(trial: StoredTrial): number {
  return trial.header.trial.identity.seed;
}

/** Everything that decides a trial's result but its seed. */
function settings(trial: StoredTrial): string {
  return canonicalJson({ ...trial.header.trial.identity, seed: undefined });
}

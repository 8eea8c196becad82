/** A comparison in words and one small table, for a terminal. */
import type { ClassValues, ModelComparison } from '../../verdict/compare/modelComparison.ts';
import { shown, signed } from '../charts/chartText.ts';

/** Classes that are listed: those that changed most. */
const MOST_CLASSES = 10;

/** Ends with a line feed. */
export function renderComparisonText(comparison: ModelComparison): string {
  const { metric, subject, old, gain, interval, pairing, classes = [] } = comparison;
  const rows: (readonly string[])[] = [
    ['old', old.name, shown(old.value)],
    ['new', comparison.new.name, shown(comparison.new.value)],
    ['gain', '', signed(gain)],
  ];
  const names = Math.max(...rows.map(([, name = '']) => name.length));
  const values = Math.max(...rows.map(([, , value = '']) => value.length));
  const lines = rows.map(
    ([role = '', name = '', value = '']) =>
      `  ${role.padEnd(4)}  ${name.padEnd(names)}  ${value.padStart(values)}`,
  );
  const range =
    interval === undefined
      ? ''
      : `  [${signed(interval.lower)}, ${signed(interval.upper)}]  ${intervalText(pairing)}`;
  return [
    `${metric.title}, ${subject} (${metric.better} is better)`,
    '',
    ...lines.slice(0, -1),
    `${lines.at(-1)}${range}`,
    '',
    ...classLines(classes, metric.className),
    `${comparison.action}: ${reason(comparison)}`,
    '',
  ].join('\n');
}

function intervalText({ unit, count, method, level }: ModelComparison['pairing']): string {
  const how = method === 'student' ? 'paired by seed, Student’s over' : 'paired bootstrap over';
  return `${Math.round(100 * level)} %, ${how} ${count} ${unit}`;
}

function reason({
  gain,
  interval,
  minDelta,
  isCertain,
  isConfident,
  pairing,
  action,
}: ModelComparison): string {
  const bar = minDelta === 0 ? '' : ` by at least ${minDelta}`;
  if (interval === undefined) {
    const few = `${pairing.count} ${pairing.unit} make no interval, so this is not certain`;
    return `${action === 'update_model' ? `the new one wins${bar}` : lossText(gain, minDelta)}; ${few}.`;
  }
  const spread = `the interval reaches from ${signed(interval.lower)} to ${signed(interval.upper)}`;
  if (action === 'update_model') {
    return isCertain
      ? `the new one wins${bar}, and the interval says so, too.`
      : `the new one wins${bar}, but ${spread}: this is not certain. --confident would ask for more.`;
  }
  const isWinning = gain > 0 && gain >= minDelta;
  if (isConfident && isWinning) return `the new one wins${bar}, but not surely: ${spread}.`;
  return `${lossText(gain, minDelta)}${isCertain ? ', and the interval says so, too' : `; ${spread}, so more data might change this`}.`;
}

function lossText(gain: number, minDelta: number): string {
  if (minDelta > 0 && gain > 0) return `the new one is better, but not by ${minDelta}`;
  return gain < 0 ? 'the new one is worse' : 'the new one is not better';
}

/** Nothing where one class alone is compared. */
function classLines(classes: readonly ClassValues[], className: string | undefined): string[] {
  const measured = classes.filter((each) => each.old !== undefined && each.new !== undefined);
  if (className !== undefined || measured.length < 2) return [];
  const change = (each: ClassValues): number => (each.new ?? 0) - (each.old ?? 0);
  const kept = new Set(
    measured.toSorted((a, b) => Math.abs(change(b)) - Math.abs(change(a))).slice(0, MOST_CLASSES),
  );
  const listed = measured.filter((each) => kept.has(each));
  const title =
    measured.length > listed.length
      ? `class (${listed.length} of ${measured.length} that changed most)`
      : 'class';
  const width = Math.max(title.length, ...listed.map(({ name }) => name.length));
  return [
    `  ${title.padEnd(width)}     old     new   change`,
    ...listed.map(
      (each) =>
        `  ${each.name.padEnd(width)}  ${shown(each.old ?? 0).padStart(6)}  ${shown(each.new ?? 0).padStart(6)}  ${signed(change(each)).padStart(7)}`,
    ),
    '',
  ];
}

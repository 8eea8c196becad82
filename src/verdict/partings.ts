/**
 * Where two runs of one trial part: the first round and, within it, the first thing that differs, in the order in
 * which a round comes about: what was trained on, the training, its test metrics, the query, the answers. What
 * follows differs for that reason, and is not looked at.
 */
import { metricNames, type RoundRecord } from '../store/record.ts';
import type { Parting } from './checkReport.ts';

export type RoundParting = Pick<Parting, 'round' | 'field' | 'baselineValue' | 'currentValue' | 'sample'>;

/** A round's record, or what a baseline keeps of it. What either side lacks is not compared. */
export interface KnownRound extends Partial<Omit<RoundRecord, 'kind' | 'seconds'>> {
  /** Of the whole record, see `roundHash`; given on both sides, it settles what else is not there to be compared. */
  readonly hash?: string;
}

/** In the rounds that both sides have; undefined where these are equal to the last bit. Seconds are never compared. */
export function firstParting(
  baseline: readonly KnownRound[],
  current: readonly KnownRound[],
): RoundParting | undefined {
  const numShared = Math.min(baseline.length, current.length);
  for (let round = 0; round < numShared; round++) {
    const found = partingInRound(baseline[round] ?? {}, current[round] ?? {});
    if (found !== undefined) return { round, ...found };
  }
  return undefined;
}

type Found = Omit<RoundParting, 'round'>;

function partingInRound(baseline: KnownRound, current: KnownRound): Found | undefined {
  const haveHashes = baseline.hash !== undefined && current.hash !== undefined;
  if (haveHashes && baseline.hash === current.hash) return undefined;
  return (
    partingOfNumbers(baseline, current) ??
    partingOfQueries(baseline, current) ??
    partingOfAnswers(baseline, current) ??
    partingOfValues(['labelCost', baseline.labelCost, current.labelCost]) ??
    (haveHashes
      ? { field: 'record', baselineValue: `hash ${baseline.hash}`, currentValue: `hash ${current.hash}` }
      : undefined)
  );
}

type Compared = readonly [field: string, baseline: number | undefined, current: number | undefined];

function partingOfValues(...compared: readonly Compared[]): Found | undefined {
  for (const [field, baseline, current] of compared) {
    if (baseline === undefined || current === undefined || Object.is(baseline, current)) continue;
    return { field, baselineValue: `${baseline}`, currentValue: `${current}` };
  }
  return undefined;
}

const trainingNumbers = ['epochs', 'steps', 'finalLoss'] as const;

function partingOfNumbers(baseline: KnownRound, current: KnownRound): Found | undefined {
  const numClasses = Math.min(baseline.poolClasses?.length ?? 0, current.poolClasses?.length ?? 0);
  return partingOfValues(
    ['numLabels', baseline.numLabels, current.numLabels],
    ['totalCost', baseline.totalCost, current.totalCost],
    ...Array.from({ length: numClasses }, (_, c): Compared => {
      return [`poolClasses[${c}]`, baseline.poolClasses?.[c], current.poolClasses?.[c]];
    }),
    ...trainingNumbers.map((name): Compared => {
      return [`training.${name}`, baseline.training?.[name], current.training?.[name]];
    }),
    ...metricNames.map((name): Compared => {
      return [`metrics.${name}`, baseline.metrics?.[name], current.metrics?.[name]];
    }),
  );
}

/** The first position whose rows differ; where one query is the other's beginning, the first that only one has. */
function partingOfQueries(
  { queriedRows: baseline }: KnownRound,
  { queriedRows: current }: KnownRound,
): Found | undefined {
  if (baseline === undefined || current === undefined) return undefined;
  const position = firstDifference(baseline, current);
  if (position === undefined) return undefined;
  const [baselineRow, currentRow] = [baseline[position], current[position]];
  return {
    field: 'queriedRows',
    baselineValue: baselineRow === undefined ? 'none' : `${baselineRow}`,
    currentValue: currentRow === undefined ? 'none' : `${currentRow}`,
    sample: {
      position,
      ...(baselineRow !== undefined && { baselineRow }),
      ...(currentRow !== undefined && { currentRow }),
    },
  };
}

/** Of equal queries. */
function partingOfAnswers(baseline: KnownRound, current: KnownRound): Found | undefined {
  if (baseline.answers === undefined || current.answers === undefined) return undefined;
  const position = firstDifference(baseline.answers, current.answers);
  if (position === undefined) return undefined;
  const row = current.queriedRows?.[position];
  return {
    field: 'answers',
    baselineValue: answerText(baseline.answers[position]),
    currentValue: answerText(current.answers[position]),
    sample: { position, ...(row !== undefined && { baselineRow: row, currentRow: row }) },
  };
}

function firstDifference(first: readonly number[], second: readonly number[]): number | undefined {
  const length = Math.max(first.length, second.length);
  for (let i = 0; i < length; i++) if (first[i] !== second[i]) return i;
  return undefined;
}

function answerText(answer: number | undefined): string {
  return answer === undefined ? 'none' : answer < 0 ? 'no answer' : `class ${answer}`;
}

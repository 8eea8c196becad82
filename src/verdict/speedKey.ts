/**
 * The speed key: fit, score and select of each cell against the baseline, in multiples of the calibration that the
 * trial's own process made, seed by seed. The two keys are those of the curves: a phase is `regressed` only where the
 * interval of the mean log-ratio lies wholly above that of the factor, and the signed ranks of the log-ratios, after
 * Holm over all cells and phases, agree.
 */
import { type CellKey, estimate, meanOf } from '../analysis/index.ts';
import { holm } from '../analysis/statistics/holm.ts';
import { wilcoxonSignedRank } from '../analysis/statistics/wilcoxon.ts';
import type { CheckRules } from '../experiment/checkRules.ts';
import { counted } from '../foundation/counted.ts';
import { listed } from '../foundation/listed.ts';
import type { StoredTrial } from '../store/record.ts';
import type { Baseline, BaselineCell, BaselineSeed } from './baseline.ts';
import { cellId } from './cellText.ts';
import type { SpeedPhase, SpeedVerdict } from './checkReport.ts';
import { keyDifferences, keyDifferenceText } from './keyDifferences.ts';
import { baselineCells } from './makeBaseline.ts';
import { outcomeOf, worseOutcome } from './outcomeOf.ts';
import { pairSeeds } from './sharedCurves.ts';

/**
 * Seconds of a trial. Phases that take less on both sides are not judged: nobody would notice, and a timer's noise is
 * of that size.
 */
const NEGLIGIBLE = 0.005;
/** Seconds: less counts as this much, so that twice nothing is nothing. */
const SHORTEST = 0.001;

const phases: readonly SpeedPhase[] = ['fit', 'score', 'select'];

/**
 * By cell and phase, worst first; what cannot be judged is left out, see `speedNotes`. Empty where `rules` do not ask
 * for speed.
 */
export function speedKey(
  trials: readonly StoredTrial[],
  baseline: Baseline,
  rules: Pick<CheckRules, 'alpha' | 'exceptions' | 'speed'>,
): SpeedVerdict[] {
  if (rules.speed === undefined || otherUnits(trials, baseline).length > 0) return [];
  const logFactor = Math.log(rules.speed.factor);
  const ignored = new Set(rules.exceptions.flatMap(({ strategy, ignore }) => (ignore ? [strategy] : [])));
  const measured = measure(trials, baseline).filter(
    ({ cell, isNegligible }) => !isNegligible && !ignored.has(cell.strategy),
  );
  // Faster is better: a gain is the log-ratio turned round.
  const gains = measured.map(({ logRatios }) => logRatios.map((ratio) => -ratio));
  const ranks = gains.map(wilcoxonSignedRank);
  const pValues = holm(ranks.map(({ pValue }) => pValue));
  return measured
    .map(({ cell, phase }, i): SpeedVerdict => {
      const gain = estimate(gains[i] ?? [], 1 - rules.alpha);
      const { positiveRanks = 0, negativeRanks = 0 } = ranks[i] ?? {};
      const adjustedPValue = pValues[i] ?? 1;
      const shift = adjustedPValue <= rules.alpha ? Math.sign(positiveRanks - negativeRanks) : 0;
      const interval = gain.interval && {
        lower: Math.exp(-gain.interval.upper),
        upper: Math.exp(-gain.interval.lower),
      };
      return {
        ...{ ...cell, phase, outcome: outcomeOf(gain.interval, shift, logFactor) },
        ...{ ratio: Math.exp(-gain.mean), ...(interval && { interval }), adjustedPValue },
      };
    })
    .sort((a, b) => worseOutcome(a.outcome, b.outcome) || b.ratio - a.ratio);
}

/** What `speedKey` leaves out and why, in whole sentences; nothing where `rules` do not ask for speed. */
export function speedNotes(
  trials: readonly StoredTrial[],
  baseline: Baseline,
  rules: Pick<CheckRules, 'exceptions' | 'speed'>,
): string[] {
  if (rules.speed === undefined) return [];
  const units = otherUnits(trials, baseline);
  if (units.length > 0) {
    return [
      `Speed was not judged, because calibrations do not compare: ${listed(units)}. Make the baseline again with --update.`,
    ];
  }
  const negligible = measure(trials, baseline).filter(({ isNegligible }) => isNegligible);
  const uncalibrated = numSeeds(baseline.cells) - numSeeds(baseline.cells.map(calibrated));
  const ofTrials = trials.filter(({ footer }) => footer?.status === 'finished' && !footer.calibrationSeconds);
  const ignored = rules.exceptions.flatMap(({ strategy, ignore }) => (ignore ? [strategy] : []));
  return [
    ...note(
      uncalibrated,
      'trial',
      (trials) =>
        `The baseline has no calibration of ${trials}, whose speed was not judged. Make it again with --speed --update.`,
    ),
    ...note(
      ofTrials.length,
      'trial',
      (trials) =>
        `There is no calibration of ${trials}, run without one or continued, whose speed was not judged. Another --out runs them anew.`,
    ),
    ...phases.flatMap((phase) =>
      note(
        negligible.filter((each) => each.phase === phase).length,
        'cell',
        (cells) =>
          `In ${cells} the speed of ${phase} was not judged: less than ${NEGLIGIBLE * 1000} ms a trial, in the baseline too.`,
      ),
    ),
    ...note(
      ignored.length,
      'strategy',
      () => `The speed of ${listed(ignored)} was not judged: an exception of the spec’s.`,
    ),
    ...otherCpu(trials, baseline).map(
      (change) =>
        `Calibrations level different CPUs only roughly, and this is another than the baseline’s (${change}).`,
    ),
  ];
}

/** None of nothing. */
function note(count: number, noun: string, sentenceOf: (counted: string) => string): string[] {
  return count === 0 ? [] : [sentenceOf(counted(count, noun))];
}

interface MeasuredPhase {
  readonly cell: CellKey;
  readonly phase: SpeedPhase;
  /** Current over baseline, one per seed that both have calibrated. */
  readonly logRatios: readonly number[];
  readonly isNegligible: boolean;
}

function measure(trials: readonly StoredTrial[], baseline: Baseline): MeasuredPhase[] {
  const current = new Map(baselineCells(trials).map((cell) => [cellId(cell), calibrated(cell)]));
  return baseline.cells.map(calibrated).flatMap(({ identity: _, seeds, ...cell }) => {
    const pairs = pairSeeds(seeds, current.get(cellId(cell))?.seeds ?? []);
    if (pairs.length === 0) return [];
    return phases.map((phase) => ({
      ...{ cell, phase },
      logRatios: pairs.map(([before, now]) => Math.log(inUnits(now, phase) / inUnits(before, phase))),
      isNegligible: [0, 1].every(
        (side) => meanOf(pairs.map((pair) => pair[side]?.seconds[phase] ?? 0)) < NEGLIGIBLE,
      ),
    }));
  });
}

function calibrated(cell: BaselineCell): BaselineCell {
  return { ...cell, seeds: cell.seeds.filter(({ seconds }) => (seconds.calibration ?? 0) > 0) };
}

function numSeeds(cells: readonly BaselineCell[]): number {
  return cells.reduce((sum, { seeds }) => sum + seeds.length, 0);
}

function inUnits({ seconds }: BaselineSeed, phase: SpeedPhase): number {
  return Math.max(SHORTEST, seconds[phase]) / (seconds.calibration ?? Number.NaN);
}

/** Engines and devices run the fixed work each in a way of its own, and packs share their time. */
function otherUnits(trials: readonly StoredTrial[], baseline: Baseline): string[] {
  return differences(trials, baseline, ['engine', 'device', 'replicas']);
}

function otherCpu(trials: readonly StoredTrial[], baseline: Baseline): string[] {
  return differences(trials, baseline, ['cpu']);
}

/** In the environment's `keys`, each once. */
function differences(
  trials: readonly StoredTrial[],
  { environment }: Baseline,
  keys: readonly string[],
): string[] {
  const only = (of: Readonly<Record<string, string>>) =>
    Object.fromEntries(keys.map((key) => [key, of[key]]));
  const all = trials.flatMap(({ header }) => keyDifferences(only(environment), only(header.environment)));
  return [...new Set(all.map(keyDifferenceText))];
}

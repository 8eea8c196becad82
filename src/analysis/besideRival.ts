/**
 * Our trials beside another program's runs on the same rows: curve by curve and place by place, how far apart the two sides'
 * means are, against how much each side varies from seed to seed.
 */
import { groupBy } from '../foundation/groupBy.ts';
import type { StoredTrial } from '../store/record.ts';
import { aubc } from './aubc.ts';
import { type CellKey, cellKey, cells } from './cells.ts';
import { type Estimate, estimate, meanOf } from './estimate.ts';
import type { CurvePoint } from './learningCurve.ts';

/** What another program measured where a trial of ours did. */
export interface RivalRun {
  /** The id of our trial whose rows it was given. */
  readonly trial: string;
  readonly rounds: readonly RivalRound[];
}

export interface RivalRound {
  readonly numLabels: number;
  readonly accuracy: number;
  readonly nll: number;
}

export type RivalMetric = 'accuracy' | 'nll';

/** The two sides of one number, seed by seed. */
export interface BesideNumbers {
  readonly ours: Estimate;
  readonly rival: Estimate;
  /** Ours less the rival's, paired by seed. */
  readonly difference: Estimate;
  /** Each side's mean is at most a standard deviation (over seeds) of the other from its mean. Missing for a single seed. */
  readonly isWithinSpread?: boolean;
}

interface BesidePlace extends BesideNumbers {
  readonly numLabels: number;
}

/** One strategy of one model and setting. Its own numbers are the means of the curves (their AUBC) over `places`. */
export interface BesideCell extends CellKey, BesideNumbers {
  /** At every place that all trials and runs were measured at. */
  readonly places: readonly BesidePlace[];
  /** What `difference` is of. */
  readonly differences: readonly { readonly seed: number; readonly value: number }[];
}

/** Finished trials that have a run, in the order of cells; none where nothing is common. */
export function besideRival(
  trials: readonly StoredTrial[],
  runs: readonly RivalRun[],
  metric: RivalMetric = 'accuracy',
): BesideCell[] {
  const runOf = new Map(runs.map((run) => [run.trial, run]));
  const compared = trials.filter(
    ({ header, footer }) => footer?.status === 'finished' && runOf.has(header.trial.id),
  );
  return cells(compared).flatMap((cell) => {
    const pairs = cell.finished.map((trial) => ({
      seed: trial.header.trial.identity.seed,
      ours: trial.rounds.map(({ numLabels, metrics }) => ({ spent: numLabels, value: metrics[metric] })),
      rival: (runOf.get(trial.header.trial.id)?.rounds ?? []).map((round) => ({
        ...{ spent: round.numLabels, value: round[metric] },
      })),
    }));
    const curves = pairs.flatMap(({ ours, rival }) => [ours, rival]);
    const grid = (curves[0] ?? []).flatMap(({ spent }) =>
      curves.every((curve) => curve.some((point) => point.spent === spent)) ? [spent] : [],
    );
    const [first] = cell.finished;
    if (grid.length === 0 || first === undefined) return [];
    const at = (curve: Curve): Curve =>
      grid.flatMap((spent) => curve.find((point) => point.spent === spent) ?? []);
    const onGrid = pairs.map(({ seed, ours, rival }) => ({ seed, ours: at(ours), rival: at(rival) }));
    const numbersOf = (value: (curve: Curve) => number): BesideNumbers =>
      besideNumbers(
        onGrid.map(({ ours }) => value(ours)),
        onGrid.map(({ rival }) => value(rival)),
      );
    return {
      ...{ ...cellKey(first), ...numbersOf(aubc) },
      places: grid.map((numLabels, i) => ({
        numLabels,
        ...numbersOf((curve) => curve[i]?.value as number),
      })),
      differences: onGrid.map(({ seed, ours, rival }) => ({ seed, value: aubc(ours) - aubc(rival) })),
    };
  });
}

type Curve = readonly CurvePoint[];

function besideNumbers(ours: readonly number[], rival: readonly number[]): BesideNumbers {
  const sides = { ours: estimate(ours), rival: estimate(rival) };
  const spreads = [sides.ours.standardDeviation, sides.rival.standardDeviation];
  const apart = Math.abs(sides.ours.mean - sides.rival.mean);
  return {
    ...sides,
    difference: estimate(ours.map((value, i) => value - (rival[i] as number))),
    ...(ours.length > 1 && { isWithinSpread: spreads.every((spread) => apart <= (spread ?? 0)) }),
  };
}

/** The mean difference over all strategies of a model, with seeds as the units: what a fault in the model would show in. */
export interface BesideModel extends Pick<CellKey, 'dataset' | 'model'> {
  readonly numStrategies: number;
  readonly difference: Estimate;
  readonly numPlaces: number;
  /** Of `numPlaces`; 0 where there is one seed. */
  readonly numWithinSpread: number;
}

export function besideModels(compared: readonly BesideCell[]): BesideModel[] {
  const models = groupBy(compared, (cell) => JSON.stringify([cell.dataset, cell.model]));
  return models.map((ofModel) => {
    const [{ dataset, model }] = ofModel;
    const all = ofModel.flatMap(({ differences }) => differences);
    const seeds = [...new Set(all.map(({ seed }) => seed))];
    const bySeed = seeds.map((wanted) =>
      meanOf(all.filter(({ seed }) => seed === wanted).map(({ value }) => value)),
    );
    const places = ofModel.flatMap((cell) => cell.places);
    return {
      ...{ dataset, model, numStrategies: new Set(ofModel.map(({ strategy }) => strategy)).size },
      difference: estimate(bySeed),
      numPlaces: places.length,
      numWithinSpread: places.filter(({ isWithinSpread }) => isWithinSpread).length,
    };
  });
}

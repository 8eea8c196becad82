/** How the work of a run is divided: a round's is taken to grow with its labels. For progress bars, not for schedules. */
import type { TrialExtent } from '../store/experimentFile.ts';
import { roundSizes } from './roundSizes.ts';

/** Labels whose training costs about as much as what every round costs anyway: predicting, evaluating. */
const CONSTANT_WORK = 50;

/** Per round of a trial, in labels trained on. @param trainings of each round, see `trainingsPerRound` */
export function roundWork(extent: Omit<TrialExtent, 'seed'>, trainings: number): number[] {
  return roundSizes(extent).map((numLabels) => trainings * (numLabels + CONSTANT_WORK));
}

/** How much of a run is done and how long the rest will take, a round's work being taken to grow with its labels. */
import type { RunStart } from '../experiment/reporter.ts';
import { roundSizes } from '../experiment/roundSizes.ts';
import { trainingsPerRound } from '../experiment/trainingsPerRound.ts';
import type { Trial } from '../store/record.ts';

/** Labels whose training costs about as much as what every round costs anyway: predicting, evaluating. */
const CONSTANT_WORK = 50;

export class RunClock {
  readonly numTrials: number;
  readonly #totalWork: number;
  readonly #start = performance.now();
  /** By trial: the work of the rounds that are left. */
  readonly #left: ReadonlyMap<string, number[]>;
  #work = 0;

  constructor({ remaining }: RunStart) {
    this.numTrials = remaining.length;
    this.#left = new Map(
      remaining.map(({ trial, numStoredRounds }) => {
        const sizes = roundSizes(trial.identity).slice(numStoredRounds);
        const trainings = trainingsPerRound(trial.identity);
        return [trial.id, sizes.map((numLabels) => trainings * (numLabels + CONSTANT_WORK))];
      }),
    );
    this.#totalWork = [...this.#left.values()].flat().reduce((sum, work) => sum + work, 0);
  }

  /** One round of `trial` is done. */
  advance(trial: Trial): void {
    this.#work += this.#left.get(trial.id)?.shift() ?? 0;
  }

  /** `trial` is over, perhaps sooner than planned: it failed, or had spent its budget. */
  end(trial: Trial): void {
    while ((this.#left.get(trial.id)?.length ?? 0) > 0) this.advance(trial);
  }

  /** In [0, 1]. */
  get fraction(): number {
    return Math.min(1, this.#work / this.#totalWork);
  }

  get timeLeft(): string {
    if (this.fraction < 0.01) return '?';
    const secondsGone = (performance.now() - this.#start) / 1000;
    return duration((secondsGone * (1 - this.fraction)) / this.fraction);
  }
}

/** E.g. `45 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor(whole / 60) % 60)} min`;
}

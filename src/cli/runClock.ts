/** How much of a run is done and how long the rest will take, as it reports. */
import type { RunStart } from '../experiment/reporter.ts';
import { roundWork } from '../experiment/roundWork.ts';
import { trainingsPerRound } from '../experiment/trainingsPerRound.ts';
import { duration } from '../foundation/duration.ts';
import type { Trial } from '../store/record.ts';

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
        const work = roundWork(trial.identity, trainingsPerRound(trial.identity));
        return [trial.id, work.slice(numStoredRounds)];
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

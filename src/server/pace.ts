/** How fast a run goes and how long the rest will take, from what has been seen over the last minutes. */

export interface Pace {
  /** @param time in milliseconds; work and rounds: all that is done by then */
  observe(time: number, done: { readonly rounds: number; readonly work: number }): void;
  /** Undefined until enough has been seen. */
  estimate(workLeft: number): { readonly roundsPerMinute: number; readonly secondsLeft: number } | undefined;
  /** Forgets what was seen, because time has passed in which nobody worked, or nobody looked. */
  reset(): void;
}

interface Sample {
  readonly time: number;
  readonly rounds: number;
  readonly work: number;
}

const WINDOW_MILLISECONDS = 180_000;
/** Samples closer than this are one. */
const STEP_MILLISECONDS = 1000;
const LEAST_MILLISECONDS = 2500;
const LEAST_ROUNDS = 3;

export function createPace(): Pace {
  let samples: Sample[] = [];
  let last: Sample | undefined;
  return {
    observe(time, { rounds, work }) {
      // A trial that begins again takes its rounds back.
      if (last !== undefined && rounds < last.rounds) samples = [];
      last = { time, rounds, work };
      const [newest] = samples.slice(-1);
      if (newest === undefined || time - newest.time >= STEP_MILLISECONDS) samples.push(last);
      while ((samples[1]?.time ?? time) < time - WINDOW_MILLISECONDS) samples.shift();
    },
    estimate(workLeft) {
      const [first] = samples;
      if (first === undefined || last === undefined) return undefined;
      const milliseconds = last.time - first.time;
      const rounds = last.rounds - first.rounds;
      const work = last.work - first.work;
      if (milliseconds < LEAST_MILLISECONDS || rounds < LEAST_ROUNDS || work <= 0) return undefined;
      return {
        roundsPerMinute: rounds / (milliseconds / 60_000),
        secondsLeft: (workLeft * milliseconds) / work / 1000,
      };
    },
    reset() {
      [samples, last] = [[], undefined];
    },
  };
}

// Intervals by the bootstrap: inter-quartile means of 10 strategies over 20 seeds, 50,000 resamples each, against rliable.
import { compare } from './compare.mjs';
import { ours, rliable } from './sides.mjs';

const shape = JSON.stringify({ numStrategies: 10, numSeeds: 20, numResamples: 50_000 });

export async function* bootstrap(repetitions = 3) {
  yield compare(
    {
      what: 'bootstrap intervals, 50,000 resamples',
      unit: 'resamples/s',
      goal: 1,
      detail: 'of inter-quartile means of 10 strategies × 20 seeds, by percentiles; one thread each',
      ours: ours('bootstrap.mjs', shape),
      rival: rliable('bootstrap.py', shape),
    },
    repetitions,
  );
}

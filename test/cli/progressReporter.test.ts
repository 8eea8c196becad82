import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { progressReporter } from '../../src/cli/progressReporter.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import type { RunStart } from '../../src/experiment/reporter.ts';
import { duration } from '../../src/foundation/duration.ts';
import type { RoundRecord, TrialFooter } from '../../src/store/record.ts';

/** Plays the first rounds of a two-trial run to the display; returns what it wrote. */
async function play(isTTY: boolean): Promise<string> {
  const plan = await planFrom({
    ...{ name: 'progress', dataset: 'digits', model: 'mlp', strategy: 'random', seed: '0-1' },
    ...{ initialPoolSize: 20, queryBatchSize: 10, rounds: 3 },
  });
  const output = Object.assign(new PassThrough(), { isTTY, columns: 120 });
  const display = progressReporter(output as unknown as NodeJS.WriteStream);
  const remaining = plan.trials.map((trial) => ({ trial, numStoredRounds: 0 }));
  const start: RunStart = {
    ...{ directory: 'out', trials: plan.trials, numFinished: 0 },
    ...{ numWorkers: 2, packSize: 1, remaining },
  };
  display.reporter.onStart?.(start);
  const [trial] = plan.trials;
  if (trial === undefined) throw new Error('The plan is empty.');
  for (const numLabels of [20, 30, 40, 50]) {
    display.reporter.onRound?.({ trial, record: { numLabels } as RoundRecord });
    await new Promise((resolve) => setTimeout(resolve, 120)); // the bar draws ten times a second
  }
  const footer: TrialFooter = { kind: 'footer', status: 'finished', numRounds: 4, seconds: 1.25 };
  display.reporter.onTrialEnd?.({ trial, footer });
  display.end();
  return String(output.read());
}

describe('progressReporter', () => {
  it('draws a bar with what is done, gone and left on a terminal', async () => {
    const text = await play(true);
    expect(text).toContain('2 of 2 trials to run, on 2 workers, into out');
    expect(text).toMatch(/50%\s+.*\d+s gone, \d+ s left/);
    expect(text).toContain('1/2 trials');
  });

  it('writes a plain line per trial elsewhere', async () => {
    const lines = (await play(false)).trimEnd().split('\n');
    expect(lines).toEqual([
      '2 of 2 trials to run, on 2 workers, into out',
      '[1/2] digits mlp random, pool 20, seed 0: 4 rounds, 1.3 s',
    ]);
  });
});

describe('duration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 05 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

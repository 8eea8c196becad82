/** A worker is the same to its employer, whether a thread or a process carries it. Runs the built worker. */
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { shareDatasets } from '../../src/experiment/shareDatasets.ts';
import type { PackListener, TrialWorker } from '../../src/experiment/trialWorker.ts';
import type { RoundRecord, Trial } from '../../src/store/record.ts';

const built = new URL('../../dist/experiment/trialWorker.js', import.meta.url).href;
const { startTrialWorker }: typeof import('../../src/experiment/trialWorker.ts') = await import(built);

const started: TrialWorker[] = [];
const deaf: PackListener = { onRound: () => {}, onModel: () => {}, onEnd: () => {} };
const firstOf = (trials: readonly Trial[]) => ({
  trials: trials.slice(0, 1).map((trial) => ({ trial, storedRounds: [] })),
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()));
});

async function start(isolation: 'thread' | 'process', epochs: number) {
  const plan = await planFrom({
    ...{ name: 'worker', dataset: 'digits', model: 'mlp', strategy: ['random', 'margin'], seed: 0 },
    ...{ initialPoolSize: 20, queryBatchSize: 10, rounds: 2, training: { stop: { rule: 'epochs', epochs } } },
  });
  const setup = { ...(await shareDatasets(plan.trials)), engine: 'onnx', device: 'cpu' };
  const interruption = new AbortController();
  const worker = startTrialWorker(setup, isolation, interruption.signal);
  started.push(worker);
  return { worker, trials: plan.trials, interruption };
}

async function runTrials(isolation: 'thread' | 'process') {
  const { worker, trials } = await start(isolation, 2);
  const records: RoundRecord[] = [];
  for (const trial of trials) {
    await worker.run(
      { trials: [{ trial, storedRounds: [] }] },
      {
        onRound: (id, record) => {
          expect(id).toBe(trial.id);
          records.push(record);
        },
        onModel: () => expect.unreachable('nobody asked for models'),
        onEnd: (_, footer) => expect(footer).toMatchObject({ status: 'finished', numRounds: 3 }),
      },
    );
  }
  return records.map(({ seconds, ...rest }) => rest);
}

test('threads and processes give equal records', async () => {
  const records = await runTrials('process');
  expect(records).toHaveLength(6);
  expect(records).toEqual(await runTrials('thread'));
});

describe.each(['thread', 'process'] as const)('a %s', (isolation) => {
  test('stops within seconds when the run is interrupted', async () => {
    const { worker, trials, interruption } = await start(isolation, 1_000_000);
    const run = worker.run(firstOf(trials), deaf);
    setTimeout(() => interruption.abort(), 700);
    await expect(run).rejects.toThrow('The run was interrupted.');
  }, 10_000);

  test('stops at once when that happened before it began', async () => {
    const { worker, trials, interruption } = await start(isolation, 1_000_000);
    interruption.abort();
    await expect(worker.run(firstOf(trials), deaf)).rejects.toThrow('The run was interrupted.');
  }, 10_000);

  test('passes on what its employer throws over a record, once the trial is done', async () => {
    const { worker, trials } = await start(isolation, 2);
    const fullDisk = (): void => {
      throw new Error('no space left');
    };
    await expect(worker.run(firstOf(trials), { ...deaf, onRound: fullDisk })).rejects.toThrow(
      'no space left',
    );
  });
});

test.skipIf(process.platform === 'win32')(
  'a process that is killed fails its trial, and says by what',
  async () => {
    const { worker, trials } = await start('process', 1_000_000);
    const run = worker.run(firstOf(trials), deaf);
    const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], {
      encoding: 'utf8',
    });
    const pid = children
      .split('\n')
      .find((line) => line.includes('worker.js'))
      ?.trim()
      .split(' ')[0];
    process.kill(Number(pid), 'SIGKILL');
    await expect(run).rejects.toThrow('A worker process ended unasked with SIGKILL.');
  },
);

/** What becomes of packs whose device gives up: real workers, on a device that refuses packs beyond a size. */
import { afterEach, expect, test } from 'vitest';
import { DeviceFailed, type DeviceFailureKind } from '../../src/engines/deviceFailed.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { shareDatasets } from '../../src/experiment/shareDatasets.ts';
import type { TrialWorker } from '../../src/experiment/trialWorker.ts';
import { type WorkQueue, workThrough } from '../../src/experiment/workThrough.ts';
import { openStore } from '../../src/store/openStore.ts';
import { readStore } from '../../src/store/readStore.ts';
import { sharedFolder } from '../folders.ts';

const built = new URL('../../dist/experiment/trialWorker.js', import.meta.url).href;
const { startTrialWorker }: typeof import('../../src/experiment/trialWorker.ts') = await import(built);

const folder = sharedFolder();
let store: ReturnType<typeof openStore> | undefined;
afterEach(() => store?.close());

interface Setting {
  readonly name: string;
  /** Trials side by side that the device called "weak" stands. */
  readonly capacity: number;
  readonly kind?: DeviceFailureKind;
  readonly mayFallBack?: boolean;
}

async function run({ name, capacity, kind = 'out-of-memory', mayFallBack = false }: Setting) {
  const plan = await planFrom({
    ...{ name, dataset: 'digits', model: 'mlp', strategy: ['random', 'margin'], seed: '0-1' },
    ...{
      initialPoolSize: 20,
      queryBatchSize: 10,
      rounds: 1,
      training: { stop: { rule: 'epochs', epochs: 2 } },
    },
  });
  const directory = `${folder}/${name}`;
  store = openStore(directory, plan);
  const shared = await shareDatasets(plan.trials);
  const packSizes: number[] = [];
  const warnings: string[] = [];
  const ends: string[] = [];
  const startWorker = (device: string): TrialWorker => {
    const worker = startTrialWorker(
      { ...shared, engine: 'onnx', device: 'cpu' },
      'thread',
      new AbortController().signal,
    );
    return {
      ...worker,
      async run(task, listener) {
        packSizes.push(task.trials.length);
        if (device === 'weak' && task.trials.length > capacity) {
          throw new DeviceFailed(device, kind, new Error('it was too much'));
        }
        await worker.run(task, listener);
      },
    };
  };
  const queue: WorkQueue = {
    ...{ directory, startWorker, pending: [plan.trials], begunCohorts: new Set(), ranOn: new Map() },
    reporter: { onWarning: (message) => void warnings.push(message) },
    ...{ interrupt: () => {}, isInterrupted: () => false },
    device: { name: 'weak', provenance: { device: 'weak' } },
    ...(mayFallBack && {
      fallback: async (failure) => ({
        name: 'cpu',
        provenance: { device: 'cpu', fallback: failure.message },
      }),
    }),
    onEnd: (status) => void ends.push(status),
  };
  await workThrough(queue);
  return { packSizes, warnings, ends, trials: readStore(directory).trials };
}

test('a pack that is too large is halved until it fits', async () => {
  const { packSizes, warnings, ends, trials } = await run({ name: 'halved', capacity: 1 });
  expect(packSizes).toEqual([4, 2, 1, 1, 2, 1, 1]);
  expect(ends).toEqual(new Array(4).fill('finished'));
  expect(warnings[0]).toMatch(/"weak" ran out of memory.*half as many/);
  expect(trials.every(({ header }) => header.environment.device === 'weak')).toBe(true);
});

test('where not one network fits, the trial fails and says so, and the others get their turn', async () => {
  const { ends, trials } = await run({ name: 'failed', capacity: 0, kind: 'lost' });
  expect(ends).toEqual(new Array(4).fill('failed'));
  for (const { footer } of trials) {
    expect(footer?.status).toBe('failed');
    expect(footer?.reason).toMatch(/^Round 0: The device "weak" was lost.*--device cpu/);
  }
});

test('a user who left the device to us gets another, and the record says why', async () => {
  const { ends, trials, warnings } = await run({ name: 'fallback', capacity: 0, mayFallBack: true });
  expect(ends).toEqual(new Array(4).fill('finished'));
  expect(warnings.at(-1)).toMatch(/Going on with the device "cpu"/);
  for (const { header } of trials) {
    expect(header.environment).toMatchObject({
      device: 'cpu',
      fallback: expect.stringMatching(/out of memory/),
    });
  }
});

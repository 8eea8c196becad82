/** Calibrations: made on request in the process of each trial, kept beside its records, without a trace in them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/engines/index.ts';
import { createCalibration } from '../../src/experiment/calibration.ts';
import { makeBaseline } from '../../src/verdict/makeBaseline.ts';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, finishedTrials, writeSpec } from './sweeps.ts';

const cwd = sharedFolder();

test('a calibration is kept for a while, and measured again after it', async () => {
  const calibration = await createCalibration(await createEngine('onnx', 'cpu'), 0.3);
  const first = await calibration.seconds();
  expect(first).toBeGreaterThan(0.002);
  expect(await calibration.seconds()).toBe(first);
  await new Promise((resolve) => setTimeout(resolve, 310));
  expect(await calibration.seconds()).not.toBe(first);
}, 30_000);

test('on request, the same records but for the footer; none of a trial that was continued', async () => {
  const spec = writeSpec(cwd, {
    ...{ name: 'small', strategy: ['random', 'margin'], seed: '0-1' },
    training: { stop: { rule: 'epochs', epochs: 1 }, minimumSamplesPerEpoch: 1 },
    ...{ initialPoolSize: 20, queryBatchSize: 10, rounds: 2 },
  });
  await succeed(['run', spec, '--out', 'plain'], { cwd });
  await succeed(['run', spec, '--out', 'timed', '--calibrate'], { cwd });
  const [plain, timed] = ['plain', 'timed'].map((name) => join(cwd, name)) as [string, string];
  const calibrationsIn = (directory: string) =>
    finishedTrials(directory).map(({ footer }) => footer?.calibrationSeconds);
  expect(calibrationsIn(plain)).toEqual(Array(4).fill(undefined));
  for (const seconds of calibrationsIn(timed)) expect(seconds).toBeGreaterThan(0.002);
  expect(makeBaseline(finishedTrials(timed), 'timed').cells.flatMap(({ seeds }) => seeds)).toMatchObject(
    finishedTrials(timed).map(() => ({ seconds: { calibration: expect.any(Number) } })),
  );
  expect(makeBaseline(finishedTrials(plain), 'plain').cells[0]?.seeds[0]?.seconds).not.toHaveProperty(
    'calibration',
  );
  expect(withoutCalibration(comparableRecords(timed))).toEqual(comparableRecords(plain));

  const [name = ''] = readdirSync(join(timed, 'trials')).sort();
  const path = join(timed, 'trials', name);
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${lines.slice(0, 2).join('\n')}\n`);
  await succeed(['run', spec, '--out', 'timed', '--calibrate'], { cwd });
  const continued = finishedTrials(timed).filter(({ footer }) => footer?.calibrationSeconds === undefined);
  expect(continued.map(({ header }) => `${header.trial.id}.jsonl`)).toEqual([name]);
});

function withoutCalibration(records: ReturnType<typeof comparableRecords>) {
  return Object.fromEntries(
    Object.entries(records).map(([name, lines]) => [
      name,
      lines.map((line) => line.replace(/,"calibrationSeconds":[\d.e-]+/, '')),
    ]),
  );
}

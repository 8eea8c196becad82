import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { UserError } from '../../src/foundation/userError.ts';
import type { Experiment } from '../../src/store/experimentFile.ts';
import { openStore } from '../../src/store/openStore.ts';
import { openTrial, trialPath } from '../../src/store/openTrial.ts';
import { readStore } from '../../src/store/readStore.ts';
import { temporaryFolder } from '../folders.ts';
import { sampleFooter, sampleHeader, sampleRound } from './sampleTrial.ts';

const ids = ['b', 'c', 'a'].map((digit) => digit.repeat(16));
const experiment: Experiment = {
  name: 'quickstart',
  spec: { name: 'quickstart', seed: [0, 1] },
  trials: ids.map((id) => ({ id, labels: sampleHeader(id).trial.labels })),
};

function userError(code: string, message: RegExp): UserError {
  return expect.objectContaining({ name: 'UserError', code, message: expect.stringMatching(message) });
}

/** Stores round 0 of each trial, and the footer where `finished`. */
function runTrials(directory: string, trialIds: readonly string[], finished = true): void {
  for (const id of trialIds) {
    const writer = openTrial(directory, sampleHeader(id));
    writer.append(sampleRound(0));
    if (finished) writer.append(sampleFooter(1));
    writer.close();
  }
}

test('a new directory is created with all that leads to it, written to and read back', () => {
  const directory = join(temporaryFolder(), 'deep', 'results');
  const store = openStore(directory, experiment);
  runTrials(directory, ids.slice(0, 1));
  runTrials(directory, ids.slice(2), false);
  const whileOpen = readStore(directory);
  store.close();
  expect(readdirSync(directory)).toEqual(['experiment.json', 'trials']);
  const stored = readStore(directory);
  expect(stored).toEqual(whileOpen);
  expect(stored.experiment).toEqual(experiment);
  expect(stored.trials.map(({ header, footer }) => [header.trial.id, footer?.status])).toEqual([
    [ids[2], undefined],
    [ids[0], 'finished'],
  ]);
  expect(stored.warnings).toEqual([]);
});

test('a new version of the spec keeps the results, relabels them and counts the strays', () => {
  const directory = temporaryFolder();
  openStore(directory, experiment).close();
  runTrials(directory, ids);
  const labels = { ...sampleHeader().trial.labels, strategy: 'Margin (Scheffer 2001)' };
  openStore(directory, { ...experiment, trials: [{ id: ids[1] ?? '', labels }] }).close();
  const { trials, warnings } = readStore(directory);
  expect(trials.map(({ header }) => [header.trial.id, header.trial.labels])).toEqual([[ids[1], labels]]);
  expect(warnings).toEqual([
    `${join(directory, 'trials')}: 2 trials are left out, planned by another version of the spec than the last one run.`,
  ]);
});

test('a broken file is a warning that names file and line, and the rest is kept', () => {
  const directory = temporaryFolder();
  openStore(directory, experiment).close();
  runTrials(directory, ids);
  const path = trialPath(directory, ids[0] ?? '');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"accuracy":0.5', '"accuracy":0.9'));
  const { trials, warnings } = readStore(directory);
  expect(trials).toHaveLength(2);
  expect(warnings).toEqual([
    expect.stringMatching(
      /b{16}\.jsonl:2: this line is broken: its checksum is .*\. The trial is left out; run/,
    ),
  ]);
  runTrials(directory, ids.slice(0, 1));
  expect(readStore(directory)).toMatchObject({ trials: { length: 3 }, warnings: [] });
});

test('trials copied from another machine into an empty directory are taken up', () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'trials'));
  runTrials(directory, ids);
  openStore(directory, experiment).close();
  expect(readStore(directory).trials).toHaveLength(3);
});

test('results of another experiment are left alone', () => {
  const directory = temporaryFolder();
  openStore(directory, experiment).close();
  const before = readFileSync(join(directory, 'experiment.json'), 'utf8');
  expect(() => openStore(directory, { ...experiment, name: 'mnist' })).toThrow(
    userError('other-experiment', /holds "quickstart", not "mnist"\. Choose another directory with --out/),
  );
  expect(readFileSync(join(directory, 'experiment.json'), 'utf8')).toBe(before);
});

test('a directory of other things is left alone', () => {
  const directory = temporaryFolder();
  writeFileSync(join(directory, '.DS_Store'), '');
  writeFileSync(join(directory, 'thesis.tex'), 'years of work');
  expect(() => openStore(directory, experiment)).toThrow(userError('foreign-directory', /\("thesis\.tex"\)/));
  expect(readdirSync(directory)).toEqual(['.DS_Store', 'thesis.tex']);
});

test.each(['', 'results'])('a file in the way is told as such (%j below it)', (below) => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'content');
  expect(() => openStore(join(file, below), experiment)).toThrow(
    userError('not-a-directory', /file.* Choose another/),
  );
  expect(readFileSync(file, 'utf8')).toBe('content');
});

test.skipIf(process.platform === 'win32')('a directory that may not be written to is told as such', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o555);
  withoutPrivileges();
  const directory = join(folder, 'results');
  expect(() => openStore(directory, experiment)).toThrow(
    userError(
      'no-permission',
      /^Cannot write .*results: permission is denied\. Change its permissions or choose/,
    ),
  );
});

/** Root may write anywhere: until the test ends it is nobody. */
function withoutPrivileges(): void {
  if (process.geteuid?.() !== 0) return;
  process.seteuid?.(65534);
  onTestFinished(() => process.seteuid?.(0));
}

test('results of a newer version are neither read nor overwritten', () => {
  const directory = temporaryFolder();
  const text = JSON.stringify({ schemaVersion: 99, name: 'quickstart', spec: {}, trials: [] });
  writeFileSync(join(directory, 'experiment.json'), text);
  const refusal = userError('newer-schema', /written with schema version 99; .* Upgrade querybench/);
  expect(() => openStore(directory, experiment)).toThrow(refusal);
  expect(() => readStore(directory)).toThrow(refusal);
  expect(readdirSync(directory)).toEqual(['experiment.json']);
  expect(readFileSync(join(directory, 'experiment.json'), 'utf8')).toBe(text);
});

test.each(['{"name":', '[]', 'null', '{"name":"quickstart"}'])(
  'experiment.json with %s is refused, and can be deleted',
  (text) => {
    const directory = temporaryFolder();
    openStore(directory, experiment).close();
    runTrials(directory, ids);
    writeFileSync(join(directory, 'experiment.json'), text);
    const refusal = userError('broken-experiment', /Delete this one file and run the experiment again/);
    expect(() => openStore(directory, experiment)).toThrow(refusal);
    expect(() => readStore(directory)).toThrow(refusal);
  },
);

test('a directory without results is told as such', () => {
  expect(() => readStore(temporaryFolder())).toThrow(
    userError('no-results', /has none\. Name a directory that/),
  );
  expect(() => readStore('no/such/place')).toThrow(userError('no-results', /no\/such\/place/));
});

test('one writer at a time', () => {
  const directory = temporaryFolder();
  const store = openStore(directory, experiment);
  expect(() => openStore(directory, experiment)).toThrow(
    userError('directory-locked', new RegExp(`process ${process.pid} on .* delete .*\\.lock\\.$`)),
  );
  store.close();
  store.close();
  openStore(directory, experiment).close();
});

test.each([
  ['a living process', process.ppid, hostname(), true],
  ['a process of another machine', 1, 'elsewhere.example', true],
  ['a dead process', spawnSync(process.execPath, ['--version']).pid, hostname(), false],
  ['an earlier process of this number', process.pid, hostname(), false],
])('a lock of %s', (_case, pid, host, holds) => {
  const directory = temporaryFolder();
  const lock = join(directory, '.lock');
  writeFileSync(lock, JSON.stringify({ pid, host, token: 'theirs' }));
  if (holds) {
    expect(() => openStore(directory, experiment)).toThrow(
      userError('directory-locked', new RegExp(`process ${pid} on ${host}`)),
    );
    expect(readdirSync(directory)).toEqual(['.lock']);
  } else {
    openStore(directory, experiment).close();
    expect(readdirSync(directory)).toEqual(['experiment.json', 'trials']);
  }
});

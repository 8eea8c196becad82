/** `querybench report` over results of every kind: several directories, nothing finished, one seed, mixed versions and grids. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StoredTrial } from '../../src/store/record.ts';
import { encodeLine } from '../../src/store/recordLine.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { sharedFolder } from '../folders.ts';
import { refuse, succeed } from './querybench.ts';

const cwd = sharedFolder();

interface StoreOptions {
  readonly command?: string;
  /** Planned and not begun. */
  readonly numMore?: number;
  readonly schemaVersion?: number;
}

/** Results as a run leaves them. */
function store(name: string, trials: readonly StoredTrial[], options: StoreOptions = {}): string {
  const { command, numMore = 0, schemaVersion = 1 } = options;
  mkdirSync(join(cwd, name, 'trials'), { recursive: true });
  const planned = trials.map(({ header }) => ({ id: header.trial.id, labels: header.trial.labels }));
  const more = Array.from({ length: numMore }, (_, i) => ({ id: `more-${i}`, labels: planned[0]?.labels }));
  const experiment = { schemaVersion: 1, name, command, spec: { name }, trials: [...planned, ...more] };
  writeFileSync(join(cwd, name, 'experiment.json'), JSON.stringify(experiment));
  for (const { header, rounds, footer } of trials) {
    const lines = [{ ...header, schemaVersion }, ...rounds, ...(footer ? [footer] : [])];
    writeFileSync(join(cwd, name, 'trials', `${header.trial.id}.jsonl`), lines.map(encodeLine).join(''));
  }
  return name;
}

const summaryOf = (out: string) => JSON.parse(readFileSync(join(cwd, out, 'summary.json'), 'utf8'));
const sweep = (strategy: string, seeds = [1, 2, 3]) => syntheticSweep({ strategies: [strategy], seeds });

test('several directories make one report, a trial that is in two of them counts once', async () => {
  const first = store('first', [...sweep('random'), ...sweep('margin', [1, 2])], {
    command: 'querybench run a.yaml',
  });
  const second = store('second', [...sweep('margin', [2, 3]), ...sweep('entropy')]);
  await refuse(['report', first, second], ['2 directories needs a place of its own', '--out'], { cwd });
  const { stdout } = await succeed(['report', first, second, '--out', 'merged'], { cwd });
  const { name, groups } = summaryOf('merged');
  expect(name).toBe('first + second');
  const counts = groups[0].strategies.map((each: { strategy: string; numSeeds: number }) => [
    each.strategy,
    each.numSeeds,
  ]);
  expect(Object.fromEntries(counts)).toEqual({ random: 3, margin: 3, entropy: 3 });
  expect(stdout).toContain('digits, mlp, initial pool 20: ');
  const page = readFileSync(join(cwd, 'merged', 'report.html'), 'utf8');
  expect(page).toContain('querybench run a.yaml\nnpx querybench run &lt;the spec&gt; --out second');
  expect(page).toContain('Spec of second');
});

test('nothing finished: how many are left, and the command', async () => {
  const none = [
    syntheticTrial({ seed: 1, status: 'unfinished' }),
    syntheticTrial({ seed: 2, status: 'failed' }),
  ];
  const directory = store('none', none, { numMore: 5, command: 'npx querybench run none.yaml' });
  const says = ['1 are unfinished and 1 have failed, 5 have not begun', '"npx querybench run none.yaml"'];
  await refuse(['report', directory], says, { cwd });
});

test('one seed: no interval, and the page says so', async () => {
  const directory = store('single', [...sweep('random', [7]), ...sweep('margin', [7])]);
  const { stdout } = await succeed(['report', directory], { cwd });
  expect(stdout).toContain('Whether margin differs from random cannot be told with one seed.');
  const page = readFileSync(join(cwd, directory, 'report.html'), 'utf8');
  expect(page).toContain('one seed for margin and random, so no interval');
  expect(summaryOf(directory).groups[0].strategies[0].aubc).not.toHaveProperty('interval');
});

test('other seeds and other grids: what is shared is compared, and what was dropped is said', async () => {
  const longer = [1, 2, 5].map((seed) => syntheticTrial({ strategy: 'margin', seed, numRounds: 7 }));
  const directory = store('uneven', [...sweep('random'), ...longer]);
  await succeed(['report', directory], { cwd });
  const { groups, warnings } = summaryOf(directory);
  const margin = groups[0].strategies.find((each: { strategy: string }) => each.strategy === 'margin');
  expect(margin.comparison.numSeeds).toBe(2);
  expect(warnings.join(' ')).toMatch(/finished different seeds.*end at different numbers of labels/);
});

test('records of several schema versions are read, and said to be mixed; newer ones are refused by name', async () => {
  const older = store('older', sweep('random'), { schemaVersion: 0 });
  const current = store('current', sweep('margin'));
  await succeed(['report', older, current, '--out', 'mixed'], { cwd });
  expect(summaryOf('mixed').warnings.join(' ')).toContain('schema versions 0 and 1 are mixed');
  const newer = store('newer', sweep('entropy'), { schemaVersion: 99 });
  await refuse(['report', current, newer, '--out', 'mixed'], ['newer', 'schema version 99', 'Upgrade'], {
    cwd,
  });
});

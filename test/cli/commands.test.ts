/** The commands as a user meets them, on results of a real sweep. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { presets } from '../../src/models/presets.ts';
import { oracles } from '../../src/oracles/index.ts';
import { strategies } from '../../src/strategies/index.ts';
import { selectors } from '../../src/strategies/selectors/index.ts';
import { finishedTrials, writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { begin, filesIn, querybench, succeed } from './querybench.ts';

const cwd = sharedFolder();
const directory = join('results', 'small');
let spec = '';

beforeAll(async () => {
  spec = writeSpec(cwd, {
    name: 'small',
    ...{
      strategy: ['random', 'margin'],
      initialPoolSize: [20, 30],
      queryBatchSize: 10,
      budget: 50,
      seed: '0-1',
    },
  });
  const { stderr } = await succeed(['run', spec], { cwd });
  expect(stderr).toContain(`Results are in ${directory}. Next: querybench report ${directory}`);
}, 60_000);

const rowsOf = (csv: string): string[] => csv.trimEnd().split(/\r?\n/);

test('export: a row per round', async () => {
  const [header, ...rows] = rowsOf((await succeed(['export', directory], { cwd })).stdout);
  expect(header).toBe(
    'dataset,model,strategy,initial_pool_size,query_batch_size,oracle,seed,round,num_labels,test_accuracy,test_nll,' +
      'fit_seconds,score_seconds,select_seconds,evaluate_seconds,trial',
  );
  const trials = finishedTrials(join(cwd, directory));
  expect(trials).toHaveLength(8);
  expect(rows).toHaveLength(4 * 4 + 4 * 3);
  const expected = trials.flatMap(({ header: { trial }, rounds }) =>
    rounds.map(({ round, numLabels, metrics }) =>
      [
        trial.labels.strategy,
        trial.identity.initialPoolSize,
        trial.identity.seed,
        round,
        numLabels,
        metrics.accuracy,
        metrics.nll,
        trial.id,
      ].join(),
    ),
  );
  const columns = [2, 3, 6, 7, 8, 9, 10, 15];
  const actual = rows.map((row) => columns.map((column) => row.split(',')[column]).join());
  expect(actual.sort()).toEqual(expected.sort());
  for (const row of rows) {
    expect(
      row
        .split(',')
        .slice(11, 15)
        .map(Number)
        .every((seconds) => seconds >= 0),
    ).toBe(true);
  }
});

test('export --format selections --out: a row per queried sample, into a file', async () => {
  const { stdout } = await succeed(
    ['export', directory, '--format', 'selections', '--out', 'selections.csv'],
    { cwd },
  );
  expect(stdout).toBe('');
  const [header, ...rows] = rowsOf(readFileSync(join(cwd, 'selections.csv'), 'utf8'));
  expect(header).toBe('trial,round,row,label');
  const expected = finishedTrials(join(cwd, directory)).flatMap(({ header: { trial }, rounds }) =>
    rounds.flatMap(({ round, queriedRows, answers }) =>
      queriedRows.map((row, i) => [trial.id, round, row, answers[i]].join()),
    ),
  );
  expect(rows).toHaveLength(4 * 30 + 4 * 20);
  expect(rows.sort()).toEqual(expected.sort());
});

test('export into a pipe that is closed early ends without complaint', async () => {
  const { child, ended } = begin(['export', directory, '--format', 'selections'], { cwd });
  child.stdout?.destroy();
  expect(await ended.catch(() => undefined)).toBeUndefined();
  expect(child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)))).toBe(0);
});

test('report: the table and a curve on the screen, everything else in files', async () => {
  const { stdout } = await succeed(['report', directory, '--target', '0.5'], { cwd });
  expect(stdout).toMatch(
    /\| *strategy *\| *seeds *\| *final accuracy *\| *AUBC \[95 %\] *\| *labels to 0\.5 *\|/,
  );
  for (const [, path = ''] of stdout.matchAll(/(\S+\.(?:svg|html|md|csv))/g))
    expect(existsSync(join(cwd, path)), path).toBe(true);
  const files = Object.keys(filesIn(join(cwd, directory)));
  for (const kind of ['svg', 'png', 'vl.json']) {
    expect(files.filter((file) => file.startsWith('curves') && file.endsWith(`.${kind}`))).toHaveLength(2);
  }
  expect(stdout).toContain(join(directory, 'report.html'));
});

test('run --dry-run prints the plan and an estimate, and writes nothing', async () => {
  const before = filesIn(cwd);
  const anew = await succeed(['run', spec, '--dry-run', '--out', 'anew', '--workers', '2', '--seeds', '3'], {
    cwd,
  });
  expect(anew.stdout).toMatch(/^small: 12 trials, 42 rounds, into anew\n/);
  expect(anew.stdout).toMatch(/strategy +random, margin\n/);
  expect(anew.stdout).toMatch(
    /seed +0, 1, 2\n0 trials are finished, 12 are left\.\nMeasured on this machine, .* about \d+ s with 2 workers/,
  );
  expect(anew.stdout).not.toContain('may take longer');
  const until = ['--set', 'training.stop={rule: training-accuracy}', '--out', 'anew'];
  const waiting = await succeed(['run', spec, '--dry-run', ...until], { cwd });
  expect(waiting.stdout).toMatch(/\nTraining ends by what has been learned, so rows .* may take longer /);
  const done = await succeed(['run', spec, '--dry-run'], { cwd });
  expect(done.stdout).toMatch(/\n8 trials are finished, 0 are left\.\n$/);
  expect(filesIn(cwd)).toEqual(before);
});

test('run --seeds and --set change this run, and running again adds what is missing', async () => {
  const words = ['run', spec, '--out', 'grown', '--set', 'strategy=random', '--set', 'initialPoolSize=20'];
  await succeed([...words, '--seeds', '4'], { cwd });
  const { stderr } = await succeed([...words, '--seeds', '3-5'], { cwd });
  expect(stderr).toContain('2 of 3 trials to run, 1 finished earlier');
  expect(
    finishedTrials(join(cwd, 'grown'))
      .map(({ header }) => header.trial.identity.seed)
      .sort(),
  ).toEqual([3, 4, 5]);
  expect((await succeed([...words, '--seeds', '3-5'], { cwd })).stderr).toContain(
    'All 3 trials are in grown already.',
  );
});

test('init writes a spec that runs', async () => {
  const { stdout } = await succeed(['init'], { cwd });
  expect(stdout).toContain('querybench run experiment.yaml --report');
  const small = [
    '--seeds',
    '0,1',
    '--set',
    'budget=120',
    '--set',
    'initialPoolSize=100',
    '--set',
    'training.stop.epochs=1',
  ];
  await succeed(['run', 'experiment.yaml', ...small], { cwd });
  expect(finishedTrials(join(cwd, 'results', 'experiment'))).toHaveLength(6);
});

test("what init's spec shows as defaults are keys and values that a spec takes", async () => {
  const lines = readFileSync(join(cwd, 'experiment.yaml'), 'utf8').split('\n');
  const shown = lines
    .slice(lines.findIndex((line) => line.startsWith('name:')))
    .filter((line) => !/^((# )?dataset: |# ---)/.test(line)) // the short forms of what stands below them, and headings
    .map((line) => line.replace(/^# ( *\S+:)/, '$1'));
  writeFileSync(join(cwd, 'shown.yaml'), shown.join('\n'));
  const words = ['run', 'shown.yaml', '--dry-run', '--seeds', '1', '--out', 'shown'];
  const small = ['dataset.name=digits', 'dataset.split.test=0.25', 'name=shown', 'budget=110'];
  const { stdout } = await succeed([...words, ...small.flatMap((change) => ['--set', change])], { cwd });
  expect(stdout).toMatch(/^shown: 6 trials/);
});

test('list names everything that a spec may', async () => {
  const listed = async (kind: string) =>
    rowsOf((await succeed(['list', kind], { cwd })).stdout).map((line) => line.split(' ')[0]);
  expect(await listed('strategies')).toEqual(Object.keys(strategies));
  expect(await listed('models')).toEqual(Object.keys(presets));
  expect(await listed('datasets')).toEqual(['digits', 'mnist', 'fashion-mnist']);
  expect(await listed('oracles')).toEqual(Object.keys(oracles));
  expect(await listed('selectors')).toEqual(Object.keys(selectors));
  expect(await listed('engines')).toContain('onnx');
});

test('list --long says source, formula, cost, needs and options of every strategy', async () => {
  const { stdout } = await succeed(['list', 'strategies', '--long'], { cwd });
  const paragraphs = stdout.trimEnd().split('\n\n');
  expect(paragraphs.map((text) => text.split(':')[0])).toEqual(Object.keys(strategies));
  for (const text of paragraphs)
    expect(text).toMatch(/\n {2}source +\S.*\n {2}formula +\S.*\n {2}cost +\S.*\n {2}needs +\S/);
  expect(stdout).toContain('options   targets: a whole number ≥ 1 (default 100). Rows drawn from the pool');
  expect(stdout).toContain('options   definition: mode | mean (default mode).');
  expect(stdout).toContain('options   class: a whole number ≥ 0 or a text (required).');
  expect((await querybench(['list', 'models', '--long'], { cwd })).stderr).toMatch(
    /Unknown kind with --long "models"/,
  );
});

test('doctor tries the engines and looks for the data', async () => {
  const { stdout } = await succeed(['doctor'], { cwd });
  expect(stdout).toMatch(/^ok +onnx on cpu +onnxruntime \d/m);
  expect(stdout).toMatch(/^ok +data digits +1,797 samples/m);
});

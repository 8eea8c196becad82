// npm run test:tfjs-node: installs @tensorflow/tfjs-node into .peers/tfjs-node (which git ignores; package.json stays as it is),
// builds its addon, and runs on it: the rows of the parity suites, three training steps of every preset among them, and a sweep
// by the command line in worker processes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '.peers', 'tfjs-node');
const environment = {
  ...process.env,
  NODE_PATH: join(folder, 'node_modules'),
  QUERYBENCH_TEST_TFJS_NODE: '1',
};

/** Ends with 1 where a test fails, and with 3 where it did not come to testing. */
function run(program, args, { cwd, codeOfFailure = 1 } = {}) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env: environment, cwd });
  if (status === 0) return;
  console.error(`${program} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}`);
  process.exit(codeOfFailure);
}

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(0)} s`;

const start = performance.now();
mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, 'package.json'))) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
}
if (!existsSync(join(folder, 'node_modules', '@tensorflow', 'tfjs-node'))) {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['install', ...flags, '@tensorflow/tfjs-node@4.22'], { cwd: folder, codeOfFailure: 3 });
}
run('bash', ['scripts/build-tfjs-node.sh', folder, 'tfjs-node'], { codeOfFailure: 3 });
console.log(`Installed and built: ${seconds(start)}.`);

const tested = performance.now();
run('npx', [
  'vitest',
  'run',
  'test/engines/parity.test.ts',
  'test/learner/presetTraining.test.ts',
  '-t',
  'tfjs node',
]);
console.log(`Parity: ${seconds(tested)}.`);

const conv = { conv2d: { filters: 4, kernelSize: 3 } };
const small = {
  preset: 'mlp',
  label: 'small-cnn',
  layers: [conv, 'relu', { maxPool: { size: 2 } }, { dense: 'numClasses' }],
};
const swept = performance.now();
const out = mkdtempSync(join(tmpdir(), 'querybench-tfjs-node-'));
const spec = join(out, 'sweep.json');
writeFileSync(
  spec,
  JSON.stringify({
    name: 'tfjs-node',
    dataset: 'digits',
    ...{ model: ['mlp', small], strategy: ['random', 'margin'], seed: '0-1' },
    ...{
      initialPoolSize: 20,
      queryBatchSize: 20,
      rounds: 2,
      training: { stop: { rule: 'epochs', epochs: 3 } },
    },
  }),
);
const words = [
  'run',
  spec,
  '--engine',
  'tfjs',
  '--device',
  'node',
  '--workers',
  '2',
  '--out',
  join(out, 'results'),
];
run(process.execPath, ['dist/cli/main.js', ...words]);
rmSync(out, { recursive: true });
console.log(`Sweep: ${seconds(swept)}. All of it: ${seconds(start)}.`);

// npm run test:tfjs-node: installs @tensorflow/tfjs-node beside the project, builds its addon, and runs on it the rows of the
// parity suites, three training steps of every preset among them, and a sweep by the command line in worker processes.
// Ends with 1 where a test fails, and with 3 where it did not come to testing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installTfjsNode, tfjsNodePath } from './installTfjsNode.mjs';

const environment = { ...process.env, NODE_PATH: tfjsNodePath, QUERYBENCH_TEST_TFJS_NODE: '1' };

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env: environment });
  if (status === 0) return;
  console.error(`${program} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}`);
  process.exit(1);
}

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(0)} s`;

const start = performance.now();
if (!installTfjsNode()) process.exit(3);
console.log(`Installed and built: ${seconds(start)}.`);

const tested = performance.now();
const suites = ['test/engines/parity.test.ts', 'test/learner/presetTraining.test.ts'];
run('npx', ['vitest', 'run', ...suites, '-t', 'tfjs node']);
console.log(`Parity: ${seconds(tested)}.`);

const swept = performance.now();
const out = mkdtempSync(join(tmpdir(), 'querybench-tfjs-node-'));
const spec = join(out, 'sweep.json');
const layers = [
  { conv2d: { filters: 4, kernelSize: 3 } },
  'relu',
  { maxPool: { size: 2 } },
  { dense: 'numClasses' },
];
writeFileSync(
  spec,
  JSON.stringify({
    ...{ name: 'tfjs-node', dataset: 'digits', strategy: ['random', 'margin'], seed: '0-1' },
    model: ['mlp', { preset: 'mlp', label: 'small-cnn', layers }],
    ...{ initialPoolSize: 20, queryBatchSize: 20, rounds: 2 },
    training: { stop: { rule: 'epochs', epochs: 3 } },
  }),
);
const where = ['--engine', 'tfjs', '--device', 'node', '--workers', '2', '--out', join(out, 'results')];
run(process.execPath, ['dist/cli/main.js', 'run', spec, ...where]);
rmSync(out, { recursive: true });
console.log(`Sweep: ${seconds(swept)}. All of it: ${seconds(start)}.`);

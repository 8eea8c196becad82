// npm run bench:gpu [-- --replicas 1,8,32 --devices cpu,webgpu,cuda --seconds 5 --out FILE]
// cnn-batchbald's training, replica-steps per second by the number of replicas: on the CPU one replica per core, on a GPU
// all replicas in one program; and PyTorch on the same GPU, looping over seeds, where it is installed.
// Each device is measured in a process of its own; what cannot run is named with its reason, never estimated.
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { createEngine } from '../../dist/engines/index.js';
import { createTrainingProbe, stepsPerSecond } from '../../dist/learner/trainingProbe.js';
import { presets } from '../../dist/models/presets.js';

const { values } = parseArgs({
  options: {
    ...{ devices: { type: 'string', default: 'cpu,webgpu,cuda,torch' } },
    ...{ replicas: { type: 'string', default: '1,8,32,64,128' } },
    ...{
      seconds: { type: 'string', default: '5' },
      out: { type: 'string', default: 'results/bench/gpu.json' },
    },
    ...{ model: { type: 'string', default: 'cnn-batchbald' }, batch: { type: 'string' } },
    one: { type: 'string' }, // a process for one device and number of replicas
  },
});
const seconds = Number(values.seconds);
const replicaCounts = values.replicas.split(',').map(Number);
const preset = presets[values.model];
if (!preset) fail(`Unknown model "${values.model}". Known: ${Object.keys(presets).join(', ')}.`);
if (![seconds, ...replicaCounts].every((number) => number > 0))
  fail('--seconds and --replicas take positive numbers.');

if (values.one) await measureOne(...values.one.split(':'));
else await measureAll();

async function measureOne(device, replicas) {
  const engine = await createEngine('onnx', device);
  const batchSize = values.batch === undefined ? preset.config.training.batchSize : Number(values.batch);
  const numReplicas = Number(replicas);
  const start = performance.now();
  const probe = await createTrainingProbe(engine, {
    ...{ config: preset.config, sampleShape: [28, 28], numReplicas, batchSize },
  });
  const compileSeconds = (performance.now() - start) / 1000;
  // Masks of many replicas and steps take memory: about 2,048 replica-steps in a run.
  const mostSteps = Math.max(8, Math.floor(2048 / numReplicas));
  const rate = await stepsPerSecond(probe, { seconds, mostSteps });
  const replicaStepsPerSecond = rate * numReplicas;
  const result = engine.environment.adapter
    ? { softwareRate: replicaStepsPerSecond, reason: 'it runs, but in software: no GPU number' }
    : { replicaStepsPerSecond };
  console.log(JSON.stringify({ ...result, compileSeconds }));
}

async function measureAll() {
  const rows = [];
  for (const device of values.devices.split(',')) {
    if (device === 'cpu') rows.push(await cpuRow());
    else {
      for (const numReplicas of replicaCounts) {
        const row = device === 'torch' ? torchRow(numReplicas) : await childRow(device, numReplicas);
        rows.push(row);
        console.log(describe(row));
        if (row.reason) break; // more replicas would not do better
      }
    }
  }
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), gpu: gpuName() };
  const measured = {
    model: values.model,
    batchSize: values.batch ?? preset.config.training.batchSize,
    seconds,
    machine,
    rows,
  };
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(measured, undefined, 2)}\n`);
  const table = ['| device | replicas | replica-steps/s |', '|---|---|---|'];
  for (const row of rows)
    table.push(`| ${row.device} | ${row.numReplicas} | ${row.reason ?? format(row.replicaStepsPerSecond)} |`);
  console.log(`\n${table.join('\n')}\n\nWritten to ${values.out}.`);
}

/** One replica per core, all cores at once: what a run on the CPU does. */
async function cpuRow() {
  const cores = availableParallelism();
  const each = await Promise.all(Array.from({ length: cores }, () => child('cpu', 1)));
  const failed = each.find(({ reason }) => reason);
  const total = each.reduce((sum, { replicaStepsPerSecond = 0 }) => sum + replicaStepsPerSecond, 0);
  const row = { device: 'cpu', numReplicas: cores, ...(failed ?? { replicaStepsPerSecond: total }) };
  console.log(describe(row));
  return row;
}

async function childRow(device, numReplicas) {
  return { device, numReplicas, ...(await child(device, numReplicas)) };
}

async function child(device, numReplicas) {
  const own = process.argv.slice(2);
  const words = [fileURLToPath(import.meta.url), ...own, '--one', `${device}:${numReplicas}`];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, words);
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function reasonOf({ stderr = '', signal, code }) {
  const lines = String(stderr).trim().split('\n');
  const line = lines.find((text) => /^\w*(Error|Failed)\b.*:/.test(text)) ?? lines.at(-1);
  return line?.replace(/^\w+: /, '') || `ended with ${signal ?? `code ${code}`}`;
}

function torchRow(numReplicas) {
  const script = fileURLToPath(new URL('torchGpu.py', import.meta.url));
  const row = { device: 'torch, one seed after another', numReplicas };
  if (values.model !== 'cnn-batchbald') return { ...row, reason: 'torchGpu.py has cnn-batchbald alone' };
  const { status, stdout, stderr } = spawnSync('python3', [script, String(numReplicas), String(seconds)], {
    encoding: 'utf8',
  });
  if (status === 0) return { ...row, ...JSON.parse(stdout) };
  return { ...row, reason: (stderr ?? 'python3 is not there').trim().split('\n').at(-1) };
}

function gpuName() {
  const { status, stdout } = spawnSync(
    'nvidia-smi',
    ['--query-gpu=name,driver_version', '--format=csv,noheader'],
    { encoding: 'utf8' },
  );
  return status === 0 ? stdout.trim() : 'none that nvidia-smi names';
}

function format(rate) {
  return rate >= 100 ? Math.round(rate).toLocaleString('en') : rate.toPrecision(3);
}

function describe({ device, numReplicas, replicaStepsPerSecond, reason }) {
  const replicas = `${numReplicas} replica${numReplicas === 1 ? '' : 's'}`;
  return `${device}, ${replicas}: ${reason ?? `${format(replicaStepsPerSecond)} replica-steps/s`}`;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

// Who can be compared: our programs, and the rivals where they are installed (QUERYBENCH_RIVALS, else .rivals, git-ignored).
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasTfjsNode, tfjsNodePath } from '../installTfjsNode.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const repository = resolve(here, '../..');
export const rivalsFolder = resolve(process.env.QUERYBENCH_RIVALS ?? join(repository, '.rivals'));

/** Python environments: folders of the rivals' folder, each made from rivals/requirements-NAME.txt. */
export const pythonEnvironments = ['pyrelational', 'jax', 'strategies', 'batchbald', 'rliable'];

/** The interpreter of one of the environments. */
export const python = (environment) =>
  process.platform === 'win32'
    ? join(rivalsFolder, environment, 'Scripts', 'python.exe')
    : join(rivalsFolder, environment, 'bin', 'python');
export const hasPython = (environment) => existsSync(python(environment));

/** A program of ours: worker threads in one process. */
export const ours = (script, ...args) => ({
  name: 'querybench',
  commands: [[process.execPath, join(here, 'ours', script), ...args.map(String)]],
});

/** PyTorch: as many processes as cores, each with one thread. */
export function torch(numProcesses, script, ...args) {
  if (!hasPython('pyrelational')) return { name: 'PyTorch', missing: true };
  return {
    name: 'PyTorch',
    commands: Array.from({ length: numProcesses }, () => pythonCommand('pyrelational', script, args)),
    environment: { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  };
}

/** JAX: one process, which uses all cores by itself. */
export const jax = (script, ...args) =>
  hasPython('jax')
    ? { name: 'JAX', commands: [pythonCommand('jax', script, args)], environment: { JAX_PLATFORMS: 'cpu' } }
    : { name: 'JAX', missing: true };

/** PyRelational: one process, PyTorch in it uses all cores. */
export const pyrelational = (script, ...args) =>
  hasPython('pyrelational')
    ? { name: 'PyRelational', commands: [pythonCommand('pyrelational', script, args)] }
    : { name: 'PyRelational', missing: true };

/** batchbald_redux: one process, PyTorch in it uses all cores. */
export const batchbaldRedux = (script, ...args) =>
  hasPython('batchbald')
    ? { name: 'batchbald_redux', commands: [pythonCommand('batchbald', script, args)] }
    : { name: 'batchbald_redux', missing: true };

/** rliable: one process. */
export const rliable = (script, ...args) =>
  hasPython('rliable')
    ? { name: 'rliable', commands: [pythonCommand('rliable', script, args)] }
    : { name: 'rliable', missing: true };

/** NumPy and scikit-learn: one process, which uses all cores by itself. */
export const numpy = (script, ...args) =>
  hasPython('strategies')
    ? { name: 'NumPy', commands: [pythonCommand('strategies', script, args)] }
    : { name: 'NumPy', missing: true };

/** TensorFlow.js on libtensorflow: one process, which uses all cores by itself. */
export const tfjsNode = (script, ...args) =>
  hasTfjsNode()
    ? { name: 'tfjs-node layers', ...onTfjsNode(join('rivals', script), args) }
    : { name: 'tfjs-node layers', missing: true };

/** A program of ours on the same library, with as many threads. */
export const oursOnTfjsNode = (script, ...args) => ({
  name: 'querybench',
  ...onTfjsNode(join('ours', script), args),
});

const onTfjsNode = (script, args) => ({
  commands: [[process.execPath, join(here, script), ...args.map(String)]],
  environment: {
    ...{ NODE_PATH: tfjsNodePath, TF_CPP_MIN_LOG_LEVEL: '2' },
    TF_NUM_INTRAOP_THREADS: String(availableParallelism()),
  },
});

const pythonCommand = (environment, script, args) => [
  python(environment),
  join(here, 'rivals', script),
  ...args.map(String),
];

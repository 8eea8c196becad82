// npm run bench -- --install: the rivals' Python environments, pinned, and @tensorflow/tfjs-node with its addon.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installTfjsNode } from '../installTfjsNode.mjs';
import { hasPython, pythonEnvironments, repository, rivalsFolder } from './sides.mjs';

const python = process.env.PYTHON ?? 'python3';

/** About 6 GB and some minutes. What is there already is left alone. */
export function installRivals() {
  mkdirSync(rivalsFolder, { recursive: true });
  for (const name of pythonEnvironments) {
    if (hasPython(name)) {
      console.log(`${name}: is there, ${join(rivalsFolder, name)}`);
      continue;
    }
    const folder = join(rivalsFolder, name);
    const requirements = join(repository, 'scripts', 'bench', 'rivals', `requirements-${name}.txt`);
    // PyRelational pins a PyTorch that has no wheels for Python 3.13 and later.
    run(python, ['-m', 'venv', folder]);
    const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
    run(join(folder, bin, 'python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
    console.log(`${name}: installed in ${folder}`);
  }
  if (installTfjsNode()) console.log(`tfjs-node: installed in ${join(rivalsFolder, 'tfjs-node')}`);
  else console.log('tfjs-node could not be installed: see above.');
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${error?.message ?? status}.`);
}

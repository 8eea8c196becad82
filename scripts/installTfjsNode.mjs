// @tensorflow/tfjs-node with its addon, in a folder of its own that git ignores: package.json stays as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '..');
const folder = join(process.env.QUERYBENCH_RIVALS ?? join(repository, '.rivals'), 'tfjs-node');

/** Where CommonJS looks for packages besides: the value of NODE_PATH for a process that is to find it. */
export const tfjsNodePath = join(folder, 'node_modules');

export const hasTfjsNode = () =>
  existsSync(join(tfjsNodePath, '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node'));

/** False where it cannot be installed or built; what stands in the way is on standard error. */
export function installTfjsNode() {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  }
  const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return (
    (existsSync(join(tfjsNodePath, '@tensorflow', 'tfjs-node')) ||
      succeeds('npm', [...npm, '@tensorflow/tfjs-node@4.22'])) &&
    (hasTfjsNode() ||
      succeeds('bash', [join(repository, 'scripts', 'build-tfjs-node.sh'), folder, 'tfjs-node']))
  );
}

function succeeds(program, args) {
  return spawnSync(program, args, { cwd: folder, stdio: 'inherit' }).status === 0;
}

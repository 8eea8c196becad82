// A copy of the built program with one text in it replaced: what a mistake in the sources would have been compiled to.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Writes the copy below `node_modules/.cache`, where it finds the same packages, and returns the path of its command line. Throws
 * where the text is not there exactly once: then the sources have changed, and the defect must follow.
 *
 * @param {import('./defects.mjs').Defect} defect
 */
export function buildBroken({ name, module, find, replace }) {
  const folder = join(root, 'node_modules/.cache/querybench-defects', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'src/datasets/vendored'), join(folder, 'src/datasets/vendored'), { recursive: true });
  const path = join(folder, 'dist', module);
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2) {
    throw new Error(
      `The defect "${name}" needs its text once in ${module}, and it is there ${parts.length - 1} times.`,
    );
  }
  writeFileSync(path, parts.join(replace));
  return join(folder, 'dist/cli/main.js');
}

/** Whoever edits the sources of a checkout and does not build checks what was there before. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A sentence where a source is newer than the program that runs; undefined where all is well, or nothing is built here. */
export function staleBuild(): string | undefined {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const [program, sources] = [join(root, 'dist', 'cli', 'main.js'), join(root, 'src')];
  if (!existsSync(program) || !existsSync(join(root, 'tsconfig.json'))) return undefined;
  const builtAt = statSync(program).mtimeMs;
  const names = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const newer = names.find((name) => statSync(join(sources, name)).mtimeMs > builtAt);
  if (newer === undefined) return undefined;
  return `src/${newer} is newer than dist, which is what runs and is checked. Build first: npm run build.`;
}

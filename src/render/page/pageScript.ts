/**
 * The one script of the page: Vega's own build, its interpreter of expressions (so that nothing is ever evaluated from text), and
 * the functions of `client/`. It goes in as text, and the page's policy allows this very text and nothing else.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cursorFunctions } from './client/cursor.ts';
import { liveChartFunctions } from './client/liveCharts.ts';
import { startPageFunctions } from './client/startPage.ts';

export interface PageScript {
  readonly text: string;
  /** For `script-src` of a Content-Security-Policy. */
  readonly hash: string;
}

const require = createRequire(import.meta.url);

export async function pageScript(): Promise<PageScript> {
  const vega = await readFile(join(dirname(require.resolve('vega')), 'vega.min.js'), 'utf8');
  const interpreter = await readFile(require.resolve('vega-interpreter'), 'utf8');
  const functions = [...liveChartFunctions, ...cursorFunctions, ...startPageFunctions];
  const parts = [
    withoutMap(vega),
    `(() => {\n${asScript(withoutMap(interpreter))}\n})();`,
    `(() => {\n${functions.map(String).join('\n')}\nstartPage(vega);\n})();`,
  ];
  const text = parts.join('\n').replaceAll('</script', '<\\/script');
  return { text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` };
}

/** The interpreter is an ES module: what it imports Vega has, and what it exports Vega gets. */
function asScript(module: string): string {
  return module
    .replace(/^import \{([^}]*)\} from 'vega-util';/m, 'const {$1} = vega;')
    .replace(/^export \{ (\w+) as (\w+) \};/m, 'vega.$2 = $1;');
}

function withoutMap(script: string): string {
  return script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
}

/** What pages load: their style, and the modules of `page/` as the compiler has left them. Names are looked up, not joined. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { livePageStyle } from './livePageStyle.ts';

export interface PageFile {
  readonly text: string;
  readonly type: string;
}

/** The same folder from `src/server` and from `dist/server`. */
const folder = fileURLToPath(new URL('../../dist/server/page/', import.meta.url));

let known: ReadonlySet<string> | undefined;

/** Undefined where there is no such file. */
export async function pageFile(name: string): Promise<PageFile | undefined> {
  if (name === 'style.css') return { text: livePageStyle, type: 'text/css; charset=utf-8' };
  known ??= new Set(readdirSync(folder).filter((each) => each.endsWith('.js')));
  if (!known.has(name)) return undefined;
  const text = await readFile(`${folder}${name}`, 'utf8');
  return {
    text: text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'),
    type: 'text/javascript; charset=utf-8',
  };
}

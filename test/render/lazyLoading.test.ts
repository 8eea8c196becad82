import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../src/render/', import.meta.url);
const heavy = /^import (?!type )[^;]*from '(vega|vega-lite|@resvg\/resvg-js)'/m;

test('what is slow to load is loaded only when something is drawn', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(files).toContain('renderSvg.ts');
  for (const file of files) expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(heavy);
});

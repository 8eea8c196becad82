/** Rows and files of published numbers, made up. */
import type { PublishedRow } from '../../src/papers/published.ts';
import { parsePublished } from '../../src/papers/published.ts';

export const source = { source: 'a paper', read: 'table' } as const;

/** As the file would have it, its defaults filled in. */
export function publishedOf(rows: readonly object[], more: object = {}) {
  return parsePublished(JSON.stringify({ title: 'A paper', rows, ...more }), 'made-up.json');
}

export function rowOf(row: object): PublishedRow {
  return publishedOf([row]).rows[0] as PublishedRow;
}

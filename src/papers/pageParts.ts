/** What pages of reproductions are put together from, in Markdown. */
import type { ChartFiles, ChartsOfKind } from './reproduction.ts';

/** As many as are taken in at one look; a reproduction of seven initial pools has twenty. */
const MOST_OPEN = 4;

/** Behind a line to click on. */
export function folded(title: string, markdown: string): string {
  return `<details><summary>${title}</summary>\n\n${markdown.trimEnd()}\n\n</details>`;
}

/** The first kind is the answer and stays open, others where they are few. `folder` is where the charts' paths begin. */
export function pictures(kinds: readonly ChartsOfKind[], folder: string): string[] {
  return kinds.flatMap(({ title, charts }, i) => {
    const all = charts.map((chart) => pictureOf(chart, folder));
    return i === 0 || all.length <= MOST_OPEN ? all : [folded(`${title}: ${all.length}`, all.join('\n\n'))];
  });
}

/** Light or dark as the reader's system is. */
export function pictureOf({ light, dark, alternativeText }: ChartFiles, folder: string): string {
  const text = alternativeText.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return (
    `<picture><source media="(prefers-color-scheme: dark)" srcset="${folder}/${dark}">` +
    `<img src="${folder}/${light}" alt="${text}"></picture>`
  );
}

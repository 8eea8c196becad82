/** All reproductions on one page: every chart, many of a kind behind a line to click on, a line of conclusion, time and machine. */
import { markdownTable } from 'markdown-table';
import { pictures } from './pageParts.ts';
import type { Reproduction } from './reproduction.ts';
import { factsText, type Notes, verdictText } from './reproductionPage.ts';

/** A reproduction at the largest scale that was run, or its name alone. */
export interface GalleryEntry {
  readonly name: string;
  readonly reproduction?: Reproduction;
  readonly notes: Notes;
}

export function galleryPage(entries: readonly GalleryEntry[]): string {
  const rows = entries.map(({ name, reproduction }) => [
    reproduction === undefined ? name : `[${name}](${name}/README.md)`,
    reproduction?.scale ?? 'not run yet',
    reproduction === undefined
      ? '–'
      : reproduction.rows.length === 0
        ? 'nothing published'
        : verdictText(reproduction.rows),
  ]);
  const sections = entries.flatMap(({ name, reproduction, notes }) => {
    if (reproduction === undefined) return [];
    const { title, scale, charts, rivals = [] } = reproduction;
    const beside = rivals.map((rival) => ({ title: `Beside ${rival.program}`, charts: rival.charts }));
    return [
      `## [${title}](${name}/README.md)`,
      ...(notes.conclusion === undefined ? [] : [`**${notes.conclusion}**`]),
      `Scale ${scale}. ${factsText(reproduction)}`,
      ...pictures([...charts, ...beside], `${name}/${scale}`),
    ];
  });
  const parts = [
    '# Published experiments, run again',
    'Hollow marks in the charts are published numbers. Each page has the whole table *published / ours / difference / verdict*, with ' +
      'the rule of every band. `npm run reproduce` lists what there is and writes these pages.',
    markdownTable([['reproduction', 'scale', 'published rows'], ...rows]),
    ...sections,
  ];
  return `${parts.join('\n\n')}\n`;
}

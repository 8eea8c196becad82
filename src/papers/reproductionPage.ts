/** A reproduction's page: what agrees, what does not, and why, at each scale that was run. */
import { markdownTable } from 'markdown-table';
import { counted } from '../foundation/counted.ts';
import { duration } from '../foundation/duration.ts';
import type { ComparedRow, RowVerdict } from './comparedRow.ts';
import { folded, pictureOf, pictures } from './pageParts.ts';
import { countVerdicts, type Reproduction, type RivalSection } from './reproduction.ts';

/** A hand-written text: a first paragraph `Conclusion: …`, where there is one yet, and the rest, which says why. */
export interface Notes {
  readonly conclusion?: string;
  readonly why?: string;
}

export function parseNotes(text: string): Notes {
  const paragraphs = text.trim().split(/\n\s*\n/);
  const [, conclusion] = /^Conclusion:\s*(.*)$/s.exec(paragraphs[0] ?? '') ?? [];
  const why = (conclusion === undefined ? paragraphs : paragraphs.slice(1)).join('\n\n');
  return {
    ...(conclusion && { conclusion: conclusion.replace(/\s+/g, ' ').trim() }),
    ...(why !== '' && { why }),
  };
}

/** `scales` has at least one, the largest first. */
export function reproductionPage(scales: readonly [Reproduction, ...Reproduction[]], notes: Notes): string {
  const [{ name, title, link, description }] = scales;
  const spec = `[Spec](../../../experiments/papers/${name}.yaml)`;
  const parts = [
    `# ${title}`,
    [asSentence(description), link === undefined ? `${spec}.` : `${spec}, [paper](${link}).`].join(' '),
    ...(notes.conclusion === undefined ? [] : [`**${notes.conclusion}**`]),
    ...scales.flatMap(scaleSection),
    ...(notes.why === undefined ? [] : ['## What agrees, what does not, and why', notes.why]),
    'This page is written by `npm run reproduce`; [notes](../../../experiments/papers/notes) and ' +
      '[published numbers](../../../experiments/papers/published) are its sources.',
  ];
  return `${parts.join('\n\n')}\n`;
}

/** As descriptions in specs may end in a full stop, a question mark or nothing. */
function asSentence(text: string): string {
  return text === '' || /[.?!)]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** The largest scale in full; what smaller ones found, which guards it, behind a line to click on. */
function scaleSection(reproduction: Reproduction, index: number): string[] {
  const { name, scale, rows } = reproduction;
  const findings = scaleFindings(reproduction);
  return [
    `## Scale ${scale}`,
    factsText(reproduction),
    ...(rows.length === 0 ? ['No numbers are published to hold this against.'] : [verdictText(rows)]),
    ...(index === 0 ? findings : [folded('Charts and tables of this scale', findings.join('\n\n'))]),
    `Files: [summary](${scale}/summary.md) (csv, tex, json), [every round](${scale}/rounds.csv.gz), ` +
      `[every selection](${scale}/selections.csv.gz). Again: \`npm run reproduce -- ${name} --scale ${scale}\``,
  ];
}

function scaleFindings({ scale, charts, rows, table, rivals = [] }: Reproduction): string[] {
  return [
    ...pictures(charts, scale),
    ...(rows.length === 0 ? [] : [comparisonTable(rows), ...outsideText(rows)]),
    folded('Every strategy under every condition', table),
    ...rivals.flatMap((rival) => rivalParts(rival, scale)),
  ];
}

function rivalParts({ program, versions, tables, charts, file }: RivalSection, scale: string): string[] {
  return [
    `### Beside ${program}, on the same rows`,
    ...(versions === '' ? [] : [`On ${versions}.`]),
    tables.trimEnd(),
    ...charts.map((chart) => pictureOf(chart, scale)),
    `[Every place](${scale}/${file})`,
  ];
}

/** Trials, seeds, time and machine. */
export function factsText(reproduction: Reproduction): string {
  const { numFinished, numPlanned, numFailed, seeds, workSeconds, wallSeconds, environment } = reproduction;
  const failed = numFailed === 0 ? '' : `, ${numFailed} failed`;
  const clock = wallSeconds === undefined ? '' : `, ${duration(wallSeconds)} by the clock`;
  const machine = [environment.cpu, environment.adapter, environment.device && `device ${environment.device}`]
    .filter(Boolean)
    .join(', ');
  return (
    `${numFinished} of ${numPlanned} trials finished${failed}, ${counted(seeds.length, 'seed')}; ` +
    `${duration(workSeconds)} of work on one core or device${clock}${machine === '' ? '' : ` (${machine})`}.`
  );
}

const verdictWords: Readonly<Record<RowVerdict, string>> = {
  within: 'within the band',
  outside: 'outside',
  'not comparable': 'not comparable',
  'not reached': 'not reached at this scale',
};

/** `12 rows: 9 within the band, 1 outside, 2 not reached at this scale.` */
export function verdictText(rows: readonly ComparedRow[]): string {
  const counts = Object.entries(countVerdicts(rows)).filter(([, count]) => count > 0);
  const told = counts.map(([verdict, count]) => `${count} ${verdictWords[verdict as RowVerdict]}`);
  return `${counted(rows.length, 'row')}: ${told.join(', ')}.`;
}

function outsideText(rows: readonly ComparedRow[]): string[] {
  const outside = rows.filter(({ verdict }) => verdict === 'outside');
  if (outside.length === 0) return [];
  return [`Outside: ${outside.map(({ what, difference }) => `${what} (${difference})`).join('; ')}.`];
}

/** Every row, with the rule of its band and where its number comes from. */
export function comparisonTable(rows: readonly ComparedRow[]): string {
  const cells = rows.map(({ what, published, ours, difference, verdict, band, sources, remarks }) => [
    ...[what, published, ours, difference],
    verdict === 'not reached' ? 'not reached at this scale' : verdict,
    [band, ...remarks].filter((text) => text !== '–').join('; '),
    sources.join('; '),
  ]);
  const escaped = cells.map((row) => row.map((text) => text.replaceAll('|', '\\|')));
  return markdownTable([
    ['what', 'published', 'ours', 'difference', 'verdict', 'rule and remarks', 'source'],
    ...escaped,
  ]);
}

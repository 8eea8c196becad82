/** CSV as RFC 4180 quotes it, with line feeds for line ends (as pandas, R and every spreadsheet read it). */

export type CsvField = string | number;

/** A header line and one line per row, each ended by a line feed. Numbers are written so that they read back exactly. */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvField[]>): string {
  const lines = [csvLine(header)];
  for (const row of rows) lines.push(csvLine(row));
  return `${lines.join('\n')}\n`;
}

function csvLine(fields: readonly CsvField[]): string {
  return fields.map(csvField).join(',');
}

function csvField(field: CsvField): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

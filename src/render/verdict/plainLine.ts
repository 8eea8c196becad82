/** Text of others (labels, reasons) on one line that does nothing but be read. */

/** What moves a terminal's cursor, and what turns the direction of the text after it. */
const unprintable = /\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

/**
 * White space becomes one blank, other control characters `�`. `##[` is torn apart, because GitHub's runner obeys
 * `##[error]` wherever it stands in a line that a step prints.
 */
export function plainLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(unprintable, '\ufffd').replaceAll('##[', '## [').trim();
}

/** At most `length` characters, the last one `…` where there were more. */
export function cutTo(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(length - 1, 0)).join('')}…`;
}

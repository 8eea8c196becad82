/** A long line broken at blanks. */

/**
 * Lines of at most `width` characters, the second and later ones indented, unless a word alone is longer. None begins with
 * `::`, which GitHub's runner obeys at the beginning of a line, blanks before it or not.
 */
export function wrapLine(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line.trim() === '' || longer.length <= width || word.startsWith('::')) line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** The words as one could paste them into a shell. */
export function commandLine(words: readonly string[]): string {
  const quote = (word: string): string =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  return ['npx querybench', ...words.map(quote)].join(' ');
}

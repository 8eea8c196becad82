/** Counts in sentences: `1 trial`, `3 trials`, `1,200 trials`, `2 query strategies`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** A document of blocks that must not be longer than somebody takes. */

const note =
  '… cut here: the rest is too long for this place. `querybench check --format json` has all of it.';

/**
 * As many of the first blocks as fit into `mostBytes` (UTF-8), joined by empty lines, with a line feed at the end and a note
 * where some are left out. A block is whole or not there, so that no fence and no element stays open.
 */
export function fitBlocks(blocks: readonly string[], mostBytes: number): string {
  const whole = `${blocks.join('\n\n')}\n`;
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const kept: string[] = [];
  let left = mostBytes - Buffer.byteLength(`${note}\n`);
  for (const block of blocks) {
    left -= Buffer.byteLength(`${block}\n\n`);
    if (left < 0) break;
    kept.push(block);
  }
  return `${[...kept, note].join('\n\n')}\n`;
}

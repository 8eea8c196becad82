/** Random numbers that a row's number decides, not its place in the pool. */
import type { RandomStream } from '../foundation/randomStream.ts';

export type RowKey = readonly [number, number];

/** Takes two numbers from `stream`. */
export function drawRowKey(stream: RandomStream): RowKey {
  return [stream.uint32(), stream.uint32()];
}

/** A uniform number in [0, 1) that only `row` and `key` decide: two rounds of murmur3's finaliser, 53 bits. */
export function rowHash(row: number, key: RowKey): number {
  const high = mix(mix(row ^ key[0]) ^ key[1]);
  const low = mix(high ^ key[0]);
  return (high >>> 0) / 0x1_0000_0000 + (low >>> 11) / 0x20_0000_0000_0000;
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}

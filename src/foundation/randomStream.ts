/**
 * Randomness as a value. A stream is derived by hashing its purpose and exactly what it may depend on, so two
 * streams never share state and none depends on the order in which things happen to run.
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { contentHash } from './contentHash.ts';

/** Every stream there is. CONTRIBUTING.md ("Randomness") says what each may depend on. */
export type StreamPurpose =
  | 'split'
  | 'initial-pool'
  | 'weights'
  | 'minibatches'
  | 'dropout'
  | 'augmentation'
  | 'mc-dropout'
  | 'pool-subset'
  | 'picture'
  | 'strategy'
  | 'oracle'
  | 'bootstrap';

/** Derives the stream of one purpose. `dependsOn` is hashed by content, so key order does not matter. */
export function deriveStream(
  purpose: StreamPurpose,
  dependsOn: Readonly<Record<string, unknown>>,
): RandomStream {
  const digest = contentHash({ purpose, dependsOn });
  const state = [0, 4, 8, 12].map((offset) => digest.readInt32LE(offset));
  return new RandomStream(xoroshiro128plusFromState(state));
}

/**
 * A stream for each row, of the next draws of `stream`: by mixing instead of hashing, which would cost more than what is
 * drawn where there are millions of them.
 */
export function rowStreams(stream: RandomStream): (row: number) => RandomStream {
  const key = Array.from({ length: 4 }, () => stream.uint32());
  return (row) => {
    const state = key.map((word, i) => mixed(word ^ mixed(row + Math.imul(i, 0x9e3779b9))));
    return new RandomStream(xoroshiro128plusFromState(state));
  };
}

/** MurmurHash3's finaliser (Appleby 2011): every bit of `word` reaches every bit of the result. */
function mixed(word: number): number {
  let bits = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** A mutable pseudo-random sequence (xoroshiro128+, 2^128 - 1 long). */
export class RandomStream {
  readonly #generator: RandomGenerator;

  constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /** Uniform on the 2^32 integers from 0. */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /** Uniform on [0, 1), 32 bits fine. */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Uniform on the integers [0, bound), without modulo bias. `bound` is at most 2^32. */
  integer(bound: number): number {
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  /** Standard normal, by the polar Box-Muller transform (Marsaglia & Bray 1964). */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** Fisher-Yates, in place. Returns `items`. */
  shuffle<T extends Int32Array | unknown[]>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = items[i];
      items[i] = items[j] as never;
      items[j] = swapped as never;
    }
    return items;
  }

  /** A random order of 0 … length - 1. */
  permutation(length: number): Int32Array {
    return this.shuffle(Int32Array.from({ length }, (_, i) => i));
  }
}

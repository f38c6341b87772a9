/**
 * Malformed input from well-formed: seeded, so that a failure comes again.
 *
 * @module
 */

/** Random numbers that a seed decides. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, and without, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** One of `items`, of which there must be some. */
  pick<T>(items: ArrayLike<T>): T {
    if (items.length === 0) throw new RangeError("Cannot pick one of no items");
    return items[this.below(items.length)] as T;
  }
}

/** A change that can be made to a text. */
type Mutation = (random: SeededRandom, text: string) => string;

/** Characters that mean something to most formats, and some that are trouble in any. */
const TROUBLE = "\"'\\{}[]()=,;:#@!~ \t\r\n\0_-+.0129aeExXNI∞é\u{1f600}\ud800\ufeff";

const MUTATIONS: readonly Mutation[] = [
  /** Another character. */
  (random, text) => {
    const at = random.below(text.length);
    return text.slice(0, at) + random.pick(TROUBLE) + text.slice(at + 1);
  },
  /** One bit of a character. */
  (random, text) => {
    const at = random.below(text.length);
    const flipped = text.charCodeAt(at) ^ (1 << random.below(7));
    return text.slice(0, at) + String.fromCharCode(flipped) + text.slice(at + 1);
  },
  /** One more character. */
  (random, text) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(TROUBLE) + text.slice(at);
  },
  /** A part less. */
  (random, text) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(8));
  },
  /** A part twice. */
  (random, text) => {
    const at = random.below(text.length);
    const end = at + 1 + random.below(16);
    return text.slice(0, end) + text.slice(at);
  },
  /** The end cut off. */
  (random, text) => text.slice(0, random.below(text.length)),
  /** A line less. */
  (random, text) => {
    const lines = text.split("\n");
    lines.splice(random.below(lines.length), 1);
    return lines.join("\n");
  },
  /** A line twice, the second time in any place. */
  (random, text) => {
    const lines = text.split("\n");
    lines.splice(random.below(lines.length + 1), 0, random.pick(lines));
    return lines.join("\n");
  },
];

/** `text` with one to four faults. The result can by chance be well-formed still. */
export function mutate(random: SeededRandom, text: string): string {
  let mutated = text;
  for (let left = 1 + random.below(4); left > 0; left--) {
    mutated = random.pick(MUTATIONS)(random, mutated || " ");
  }
  return mutated;
}

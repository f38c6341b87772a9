/**
 * Faults put into conversations: in the order of frames, in their headers, in any byte.
 *
 * @module
 */
import { FRAME_HEADER } from "../../http2/frame.ts";
import type { SeededRandom } from "../../testing/fuzz.ts";
import type { Bytes } from "./fuzz_conversations_fixture.ts";

type Mutation<Of> = (random: SeededRandom, of: Of[], others: readonly Of[]) => void;

const anyOf = (random: SeededRandom, { length }: ArrayLike<unknown>) => random.below(length);

/** Changes one frame, of which it has a copy. */
function changed(change: (random: SeededRandom, frame: number[]) => void): Mutation<Bytes> {
  return (random, frames) => {
    const at = anyOf(random, frames);
    const frame = [...frames[at] ?? []];
    change(random, frame);
    frames[at] = frame;
  };
}

/** Faults of frames. Most leave the preface alone, since nothing is reached beyond one that is broken. */
const FRAME_MUTATIONS: readonly Mutation<Bytes>[] = [
  /** Two change places. */
  (random, frames) => {
    const [a, b] = [anyOf(random, frames), anyOf(random, frames)];
    [frames[a], frames[b]] = [frames[b] ?? [], frames[a] ?? []];
  },
  /** One less. */
  (random, frames) => void frames.splice(anyOf(random, frames), 1),
  /** One twice, or many times. */
  (random, frames) => {
    const again = random.pick(frames);
    const count = random.below(8) === 0 ? 300 : 1;
    frames.splice(anyOf(random, frames) + 1, 0, ...new Array<Bytes>(count).fill(again));
  },
  /** One of another conversation. */
  (random, frames, others) => void frames.splice(anyOf(random, frames) + 1, 0, random.pick(others)),
  /** Another stream. */
  changed((random, frame) => {
    frame[8] = random.pick([0, 1, 2, 3, 5, 9, 255]);
    if (random.below(9) === 0) frame[5] = random.pick([127, 128, 255]);
  }),
  /** Other flags. */
  changed((random, frame) => {
    frame[4] = random.pick([(frame[4] ?? 0) ^ 1 << random.below(8), 0, 1, 4, 5, 8, 0x2d, 255]);
  }),
  /** Another type. */
  changed((random, frame) => {
    frame[3] = random.below(12);
  }),
  /** A length that is not true. */
  changed((random, frame) => {
    const length = ((frame[1] ?? 0) << 8 | (frame[2] ?? 0)) + random.below(40) - 20;
    frame[0] = random.below(12) === 0 ? random.below(256) : 0;
    frame[1] = length >>> 8 & 255;
    frame[2] = length & 255;
  }),
  /** Another payload, with its true length. */
  changed((random, frame) => {
    const payload = frame.splice(FRAME_HEADER);
    for (let left = 1 + random.below(3); left > 0; left--) {
      random.pick(BYTE_MUTATIONS)(random, payload, frame);
    }
    frame[1] = payload.length >>> 8 & 255;
    frame[2] = payload.length & 255;
    frame.push(...payload);
  }),
];

/** Faults of bytes. */
const BYTE_MUTATIONS: readonly Mutation<number>[] = [
  /** One bit. */
  (random, bytes) => {
    const at = anyOf(random, bytes);
    if (bytes.length > 0) bytes[at] = (bytes[at] as number) ^ 1 << random.below(8);
  },
  /** Another byte. */
  (random, bytes) => {
    if (bytes.length > 0) bytes[anyOf(random, bytes)] = random.pick([0, 1, 127, 128, 255]);
  },
  /** Some more. */
  (random, bytes) => {
    const more = Array.from({ length: 1 + random.below(9) }, () => random.below(256));
    bytes.splice(random.below(bytes.length + 1), 0, ...more);
  },
  /** Some less. */
  (random, bytes) => void bytes.splice(anyOf(random, bytes), 1 + random.below(30)),
  /** A part twice. */
  (random, bytes) => {
    const at = anyOf(random, bytes);
    bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.below(60)));
  },
  /** The end cut off. */
  (random, bytes) => void bytes.splice(anyOf(random, bytes)),
];

/** The bytes of a conversation with some faults; `others` is where frames come from that do not belong. */
export function mutateConversation(
  random: SeededRandom,
  frames: readonly Bytes[],
  others: readonly Bytes[],
): Uint8Array {
  const [preface = [], settings = [], ...rest] = frames;
  // One in eight has its beginning mutated, too.
  const whole = random.below(8) === 0;
  const mutable = whole ? [...frames] : rest;
  for (let left = random.below(5); left > 0; left--) {
    random.pick(FRAME_MUTATIONS)(random, mutable, others);
  }
  const bytes = (whole ? mutable : [preface, settings, ...mutable]).flat();
  if (random.below(3) === 0) {
    for (let left = 1 + random.below(3); left > 0; left--) {
      random.pick(BYTE_MUTATIONS)(random, bytes, bytes);
    }
  }
  return Uint8Array.from(bytes);
}

/** What comes with each read: parts of any size, one in eight conversations byte by byte. */
export function* reads(random: SeededRandom, bytes: Uint8Array): Generator<Uint8Array> {
  const most = random.pick([1, 10, 100, 1000, 1000, 5000, 20_000, 70_000]);
  // Byte by byte takes long where there is much.
  const least = bytes.length > 4000 ? 10 : 1;
  for (let at = 0; at < bytes.length;) {
    const end = at + least + random.below(most);
    yield bytes.slice(at, end);
    at = end;
  }
}

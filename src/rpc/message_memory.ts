/**
 * Memory of large messages, used again and again: made anew for each message, it would have to be
 * zeroed, and be freed only when the collector comes by, hundreds of megabytes later.
 *
 * @module
 */

/** Smaller messages share slabs of Buffer, which costs less than a look here. */
const SMALLEST = 4 * 1024;
const LARGEST = 1024 * 1024;
/** How much is kept for messages to come, in bytes. */
const MAX_KEPT = 8 * 1024 * 1024;

/** Memory that waits to be used again, by its size. */
const kept = new Map<number, ArrayBuffer[]>();
let keptBytes = 0;

/** Memory for a message of `length` bytes, with whatever was in it before. */
export function takeMemory(length: number): Buffer<ArrayBuffer> {
  if (length < SMALLEST) return Buffer.allocUnsafe(length);
  const size = sizeFor(length);
  if (size > LARGEST) return Buffer.allocUnsafeSlow(length);
  const memory = kept.get(size)?.pop();
  if (memory === undefined) return Buffer.from(new ArrayBuffer(size), 0, length);
  keptBytes -= size;
  return Buffer.from(memory, 0, length);
}

/**
 * Takes back what {@linkcode takeMemory} gave, once, when nobody reads from it or writes to it any more.
 * Of what came from elsewhere it keeps none that is shared with anything.
 */
export function giveMemory({ buffer, byteOffset, length }: Uint8Array): void {
  const size = buffer.byteLength;
  if (length < SMALLEST || size > LARGEST || byteOffset !== 0 || size !== sizeFor(length)) return;
  if (keptBytes + size > MAX_KEPT || !(buffer instanceof ArrayBuffer)) return;
  const others = kept.get(size);
  if (others === undefined) kept.set(size, [buffer]);
  else others.push(buffer);
  keptBytes += size;
}

/** Sizes have three bits and then zeros: at most a quarter is too much. */
function sizeFor(length: number): number {
  const step = 1 << 29 - Math.clz32(length - 1);
  return Math.ceil(length / step) * step;
}

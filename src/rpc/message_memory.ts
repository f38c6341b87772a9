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
const MAX_KEPT = 4 * 1024 * 1024;

/** Memory that waits to be used again, by the logarithm of its size. */
const kept: Uint8Array<ArrayBuffer>[][] = Array.from({ length: 32 }, () => []);
let keptBytes = 0;

/** Memory for a message of `length` bytes, with whatever was in it before. */
export function takeMemory(length: number): Buffer<ArrayBuffer> {
  if (length < SMALLEST) return Buffer.allocUnsafe(length);
  if (length > LARGEST) return Buffer.allocUnsafeSlow(length);
  const power = powerFor(length);
  const whole = kept[power]?.pop();
  if (whole === undefined) return Buffer.from(new ArrayBuffer(1 << power), 0, length);
  keptBytes -= whole.length;
  return Buffer.from(whole.buffer, 0, length);
}

/**
 * Takes back what {@linkcode takeMemory} gave, once, when nobody reads from it or writes to it any more.
 * Of what came from elsewhere it keeps none that is shared with anything.
 */
export function giveMemory({ buffer, byteOffset, length }: Uint8Array): void {
  const size = buffer.byteLength;
  if (length < SMALLEST || size > LARGEST || byteOffset !== 0) return;
  const power = powerFor(length);
  if (size !== 1 << power || keptBytes + size > MAX_KEPT || !(buffer instanceof ArrayBuffer)) {
    return;
  }
  kept[power]?.push(new Uint8Array(buffer));
  keptBytes += size;
}

/** The smallest power of two that is not smaller. */
function powerFor(length: number): number {
  return 32 - Math.clz32(length - 1);
}

/**
 * Memory for many short columns. Each array with a buffer of its own is work for the garbage collector,
 * whose pauses hold the event loop; columns of one query share some.
 *
 * @module
 */

/** Bytes of one buffer. */
const SLAB = 128 * 1024;
/** Longer columns get their own buffer: the rest of a slab would be lost. */
const LONGEST = SLAB / 8;
/** V8 keeps arrays of up to 64 bytes in its own heap, where they cost least. */
const SHORTEST = 64;

let slab = new ArrayBuffer(0);
let used = 0;

/** So many zeros, never given to anyone else. */
export function float64Column(length: number): Float64Array<ArrayBuffer> {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT;
  if (bytes <= SHORTEST || bytes > LONGEST) return new Float64Array(length);
  const at = take(bytes);
  return new Float64Array(slab, at, length);
}

/** So many zeros, never given to anyone else. */
export function uint8Column(length: number): Uint8Array<ArrayBuffer> {
  if (length <= SHORTEST || length > LONGEST) return new Uint8Array(length);
  const at = take(length);
  return new Uint8Array(slab, at, length);
}

/** The offset of so many bytes, at a multiple of 8. */
function take(bytes: number): number {
  if (used + bytes > slab.byteLength) {
    slab = new ArrayBuffer(SLAB);
    used = 0;
  }
  const at = used;
  used += Math.ceil(bytes / 8) * 8;
  return at;
}

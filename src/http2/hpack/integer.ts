/**
 * Integers of HPACK (RFC 7541, section 5.1).
 *
 * @module
 */

/** Adds `value` to `target`, its first bits in the lowest `prefix` bits of a byte that begins as `first`. */
export function encodeInteger(
  value: number,
  prefix: number,
  first: number,
  target: number[],
): void {
  const limit = (1 << prefix) - 1;
  if (value < limit) {
    target.push(first | value);
    return;
  }
  target.push(first | limit);
  let rest = value - limit;
  for (; rest >= 128; rest = Math.floor(rest / 128)) target.push(rest % 128 | 128);
  target.push(rest);
}

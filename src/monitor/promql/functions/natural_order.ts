/**
 * The order of texts in which numbers inside them count as numbers: `a2` before `a10`.
 */
export function compareNaturally(a: string, b: string): number {
  if (a === b) return 0;
  const left = chunksOf(a);
  const right = chunksOf(b);
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const order = compareChunks(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function chunksOf(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function compareChunks(a: string, b: string): number {
  const isNumber = /^\d/;
  // Beyond 64 bits digits are compared as text.
  if (isNumber.test(a) && isNumber.test(b)) {
    const left = BigInt(a);
    const right = BigInt(b);
    if (left <= MAX_INT64 && right <= MAX_INT64) return left < right ? -1 : left > right ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

const MAX_INT64 = 2n ** 63n - 1n;

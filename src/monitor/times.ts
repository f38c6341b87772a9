/** How many times are looked at one by one before the search makes leaps. */
const NEAR = 16;

/**
 * The index of the first of rising times that is after `time`, from index `from` on; all before that
 * are known not to be. What is near is found as fast as by looking at one after the other, what is a
 * million away in about twenty looks more.
 */
export function indexAfter(times: Float64Array, time: number, from = 0): number {
  const near = Math.min(from + NEAR, times.length);
  let low = from;
  while (low < near && (times[low] as number) <= time) low++;
  if (low < near) return low;
  let leap = NEAR;
  let high = low + leap;
  while (high < times.length && (times[high] as number) <= time) {
    low = high + 1;
    leap *= 2;
    high = low + leap;
  }
  high = Math.min(high, times.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

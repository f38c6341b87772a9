/** How many times are looked at one by one before the search makes leaps. */
const NEAR = 16;

/**
 * The index of the first of rising times that is after `time`, from index `from` on; all before that
 * are known not to be. What is near is found as fast as by looking at one after the other, what is a
 * million away in about twenty looks more.
 */
export function indexAfter(times: Float64Array, time: number, from = 0): number {
  const near = Math.min(from + NEAR, times.length);
  let index = from;
  while (index < near && (times[index] as number) <= time) index++;
  return index === near && near < times.length ? leapAfter(times, time, near) : index;
}

/** A function of its own, so that the other one is small enough to be compiled into its callers. */
function leapAfter(times: Float64Array, time: number, from: number): number {
  let low = from;
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

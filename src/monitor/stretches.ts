import type { Pace } from "./pace.ts";

/** How much is done between two looks at the clock, where each takes some nanoseconds. */
export const STRETCH = 4096;

/**
 * Calls `work` for one stretch of 0 to before `count` after the other, with turns for others in between.
 * Undefined where all is one stretch: then it is done at once, and there is nothing to await.
 */
export function inStretches(
  count: number,
  stretch: number,
  pace: Pace,
  work: (from: number, to: number) => void,
): Promise<void> | undefined {
  if (count <= stretch) {
    work(0, count);
    return undefined;
  }
  return goThrough(count, stretch, pace, work);
}

async function goThrough(
  count: number,
  stretch: number,
  pace: Pace,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < count; from += stretch) {
    work(from, Math.min(from + stretch, count));
    if (pace.due()) await pace.giveWay();
  }
}

/** Work that others may come between wherever it yields. */
export type Interruptible<T> = Generator<undefined, T, undefined>;

/** Does it all at once. */
export function finish<T>(work: Interruptible<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Does it with turns for others. Where one of those is the last, the work can still clean up. */
export async function finishInSlices<T>(work: Interruptible<T>, pace: Pace): Promise<T> {
  try {
    for (;;) {
      const { done, value } = work.next();
      if (done === true) return value;
      if (pace.due()) await pace.giveWay();
    }
  } finally {
    work.return(undefined as never);
  }
}

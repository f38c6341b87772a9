const waiting = new Map<object, () => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let dueAt = Infinity;

/** Milliseconds of work after which the page may draw a frame and take input. */
const SLICE_MS = 16;

/**
 * Runs `work` after `delayMs` (0 by default) together with what else is waiting, in slices of time, so
 * that many panels that get their data at once neither hold the page nor cause a frame each. Later work
 * of the same owner takes the place of earlier work.
 */
export function paced(owner: object, work: () => void, delayMs = 0): void {
  waiting.set(owner, work);
  schedule(delayMs);
}

/** Forgets what `owner` has waiting. */
export function forget(owner: object): void {
  waiting.delete(owner);
}

function schedule(delayMs: number): void {
  const at = performance.now() + delayMs;
  if (timer !== undefined && at >= dueAt) return;
  clearTimeout(timer);
  dueAt = at;
  timer = setTimeout(() => void run(), delayMs);
}

async function run(): Promise<void> {
  timer = undefined;
  dueAt = Infinity;
  const end = performance.now() + SLICE_MS;
  for (const [owner, work] of waiting) {
    waiting.delete(owner);
    work();
    // What the work has changed is drawn in a microtask that is queued by now.
    await undefined;
    if (performance.now() >= end) break;
  }
  if (waiting.size > 0) schedule(0);
}

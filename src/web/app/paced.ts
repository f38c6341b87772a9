const waiting = new Map<object, () => void>();
let scheduled = false;

/**
 * Runs `work` in a task of its own, one per frame's time, so that many panels that get their data at once
 * do not hold the page. Later work of the same owner takes the place of earlier work.
 */
export function paced(owner: object, work: () => void): void {
  waiting.set(owner, work);
  schedule();
}

/** Forgets what `owner` has waiting. */
export function forget(owner: object): void {
  waiting.delete(owner);
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    const [first] = waiting;
    if (first === undefined) return;
    waiting.delete(first[0]);
    first[1]();
    schedule();
  });
}

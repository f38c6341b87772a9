let time = 0;
let isFresh = false;

function expire(): void {
  isFresh = false;
}

/**
 * Milliseconds since the epoch, read once in a turn of the event loop: what is recorded in one turn
 * has one time. A read of the system's clock costs more than all the rest of recording a value.
 */
export function turnNow(): number {
  if (!isFresh) {
    time = Date.now();
    isFresh = true;
    queueMicrotask(expire);
  }
  return time;
}

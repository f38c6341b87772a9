import { useEffect, useState } from "preact/hooks";
import { parseDuration } from "../../model/mod.ts";

/** A round of questions: all panels of one round have the same `now`. */
export interface Round {
  readonly number: number;
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Rounds by the auto refresh (`10s`, "" for never). It rests while the tab is hidden, and starts a round
 * at once when the tab is looked at again and one is due.
 */
export function useClock(interval: string): readonly [Round, () => void] {
  const [round, setRound] = useState<Round>(() => ({ number: 0, now: Date.now() }));
  const next = () => setRound((old) => ({ number: old.number + 1, now: Date.now() }));
  const seconds = parseDuration(interval);
  useEffect(() => {
    if (seconds === undefined || seconds < 1) return;
    const due = round.now + seconds * 1000;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(next, Math.max(0, due - Date.now()));
    };
    wait();
    document.addEventListener("visibilitychange", wait);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wait);
    };
  }, [seconds, round]);
  return [round, next];
}

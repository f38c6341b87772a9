import { useEffect, useRef, useState } from "preact/hooks";

/** A text that changes at most every `ms`: what assistive technology reads must not change all the time. */
export function useSettled(text: string, ms = 5000): string {
  const [settled, setSettled] = useState(text);
  const changed = useRef(0);
  useEffect(() => {
    if (text === settled) return;
    const wait = Math.max(0, changed.current + ms - Date.now());
    const timer = setTimeout(() => {
      changed.current = Date.now();
      setSettled(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, settled, ms]);
  return settled;
}

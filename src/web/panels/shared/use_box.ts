import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Size of an element in CSS pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** The size of an element, kept up to date; undefined until it is laid out. */
export function useBox(element: RefObject<HTMLElement | null>): Box | undefined {
  const [box, setBox] = useState<Box>();
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setBox({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return box;
}

import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Whole pixels inside an element, or undefined before it is laid out. */
export function useSize(
  element: RefObject<HTMLElement | null>,
): { readonly width: number; readonly height: number } | undefined {
  const [size, setSize] = useState<{ width: number; height: number }>();
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const set = (width: number, height: number) =>
      setSize((old) => old?.width === width && old.height === height ? old : { width, height });
    // The observer tells after the next frame; questions need not wait for that.
    set(target.clientWidth, target.clientHeight);
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      set(Math.floor(entry.contentRect.width), Math.floor(entry.contentRect.height));
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** Pixels out of sight that count as in sight, so that who scrolls finds panels drawn. */
const NEAR = 400;

/** Whether an element is in sight, or nearly so. */
export function useInSight(element: RefObject<HTMLElement | null>): boolean {
  const [inSight, setInSight] = useState(false);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const { top, bottom } = target.getBoundingClientRect();
    if (bottom > -NEAR && top < innerHeight + NEAR) setInSight(true);
    const observer = new IntersectionObserver(
      (entries) => setInSight(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: `${NEAR}px` },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return inSight;
}

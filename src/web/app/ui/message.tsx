import type { ComponentChildren, VNode } from "preact";

/** What stands where there is nothing to show: why, and what to do. */
export function Message(
  { title, part = false, children }: {
    title: string;
    /** Whether it stands in a view that has a heading. */
    part?: boolean;
    children?: ComponentChildren;
  },
): VNode {
  return (
    <div class="message">
      {part ? <h2>{title}</h2> : <h1>{title}</h1>}
      {children}
    </div>
  );
}

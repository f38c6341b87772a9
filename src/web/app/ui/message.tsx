import type { ComponentChildren, VNode } from "preact";

/** What stands where there is nothing to show: why, and what to do. */
export function Message(
  { title, children }: { title: string; children?: ComponentChildren },
): VNode {
  return (
    <div class="message">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

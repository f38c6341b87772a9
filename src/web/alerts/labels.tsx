import type { VNode } from "preact";
import type { Gravity } from "./words.ts";

/** Labels as small boxes; those of `hidden` stand elsewhere. */
export function Labels(
  { labels, hidden = [] }: {
    labels: Readonly<Record<string, string>>;
    hidden?: readonly string[];
  },
): VNode | null {
  const shown = Object.entries(labels).filter(([name]) => !hidden.includes(name));
  if (shown.length === 0) return null;
  return (
    <ul class="labels" aria-label="Labels">
      {shown.map(([name, value]) => (
        <li key={name}>
          <span>{name}</span>={value}
        </li>
      ))}
    </ul>
  );
}

/** A word in the colour of how bad it is. */
export function State({ word, gravity }: { word: string; gravity: Gravity }): VNode {
  return <span class={`state state-${gravity}`}>{word}</span>;
}

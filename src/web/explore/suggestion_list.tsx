import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Completion } from "./use_completion.ts";

const SIGNS = {
  metric: "m",
  function: "f",
  keyword: "k",
  label: "l",
  value: "v",
  duration: "t",
} as const;

/** Suggestions below the place that they are about. The text area keeps the focus. */
export function SuggestionList(
  { id, completion, place, onTake }: {
    id: string;
    completion: Completion;
    /** Pixels from the editor's corner. */
    place: { readonly left: number; readonly top: number };
    onTake: (at: number) => void;
  },
): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(place.left);
  const { suggestions, active } = completion;
  useLayoutEffect(() => {
    const [own, around] = [box.current, box.current?.parentElement];
    if (!own || !around) return;
    setLeft(Math.max(0, Math.min(place.left, around.clientWidth - own.offsetWidth)));
  }, [place.left]);
  useLayoutEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, suggestions]);
  const help = suggestions[active]?.help;
  return (
    <div
      ref={box}
      class="suggestions"
      style={{ left: `${left}px`, top: `${place.top}px` }}
      onMouseDown={(event) => event.preventDefault()}
    >
      <ul id={id} role="listbox" aria-label="Suggestions" tabIndex={0}>
        {suggestions.map(({ kind, text, detail }, at) => (
          <li
            key={`${kind} ${text}`}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            onClick={() => onTake(at)}
          >
            <span class={`sign sign-${kind}`} title={kind}>{SIGNS[kind]}</span>
            <span class="text">{text}</span>
            {detail && <span class="detail">{detail}</span>}
          </li>
        ))}
      </ul>
      {help && <p class="help">{help}</p>}
    </div>
  );
}

import { useEffect, useRef } from "preact/hooks";
import { type Action, KeySequence } from "./shortcuts.ts";

/** What to do for each action; those that are missing do nothing here. */
export type Handlers = Partial<Record<Action, () => void>>;

const layers: { current: Handlers }[] = [];
const sequence = new KeySequence();

/** Handles shortcuts while the component is there; what came later is asked first. */
export function useShortcuts(handlers: Handlers): void {
  const layer = useRef(handlers);
  layer.current = handlers;
  useEffect(() => {
    layers.push(layer);
    if (layers.length === 1) addEventListener("keydown", onKey);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) removeEventListener("keydown", onKey);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Shift" || isTyping(event) || document.querySelector("dialog[open]")) return;
  const action = sequence.press(event.key, event.timeStamp);
  if (action === undefined) return;
  for (const { current } of layers.toReversed()) {
    const handle = current[action];
    if (handle === undefined) continue;
    event.preventDefault();
    return handle();
  }
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=listbox]"));
}

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "info" | "error";
}

const SHOWN_MS = 5000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const changed = new EventTarget();

/** Says something for a few seconds; an error stays until it is closed. */
export function toast(text: string, kind: Toast["kind"] = "info"): void {
  const id = ++lastId;
  set([...toasts.filter((one) => one.text !== text), { id, text, kind }]);
  if (kind === "info") setTimeout(() => drop(id), SHOWN_MS);
}

function drop(id: number): void {
  set(toasts.filter((one) => one.id !== id));
}

function set(next: readonly Toast[]): void {
  toasts = next;
  changed.dispatchEvent(new Event("changed"));
}

/** What was said lately. */
export function Toasts(): VNode {
  const [shown, setShown] = useState(toasts);
  useEffect(() => {
    const read = () => setShown(toasts);
    changed.addEventListener("changed", read);
    return () => changed.removeEventListener("changed", read);
  }, []);
  const of = (kind: Toast["kind"]) =>
    shown.filter((one) => one.kind === kind).map(({ id, text }) => (
      <p key={id} class={`toast ${kind}`}>
        {text}
        <button
          type="button"
          class="quiet"
          aria-label="Dismiss"
          onClick={() =>
            drop(id)}
        >
          <Icon name="close" />
        </button>
      </p>
    ));
  return (
    <div class="toasts">
      <div role="alert">{of("error")}</div>
      <div role="status">{of("info")}</div>
    </div>
  );
}

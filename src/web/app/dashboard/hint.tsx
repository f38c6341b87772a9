import type { VNode } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";

/** A sign that tells more when it is pointed at or focused. */
export function Hint({ label, text }: { label: string; text: string }): VNode {
  const id = useId();
  return (
    <span class="hint">
      <button type="button" class="quiet" aria-label={label} aria-describedby={id}>
        <Icon name="info" />
      </button>
      <span role="tooltip" id={id}>{text}</span>
    </span>
  );
}

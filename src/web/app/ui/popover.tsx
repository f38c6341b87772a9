import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** What opens and closes a popover. */
export interface PopoverProps {
  /** The accessible name of the button. */
  readonly label: string;
  /** What is in the button. */
  readonly face: ComponentChildren;
  readonly kind: "menu" | "listbox" | "dialog";
  readonly class?: string;
  /** The accessible name of what opens; default the button's. */
  readonly contentLabel?: string;
  /** What opens below it; `close` gives the focus back. */
  readonly children: (close: () => void) => ComponentChildren;
  readonly onOpen?: () => void;
}

/** A button that opens something below itself; Esc, a click elsewhere and Tab beyond it close it. */
export function Popover(props: PopoverProps): VNode {
  const { label, face, kind, children } = props;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <div class={`popover ${props.class ?? ""}`} ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-haspopup={kind}
        aria-expanded={open}
        onClick={() => {
          if (!open) props.onOpen?.();
          setOpen(!open);
        }}
      >
        {face}
      </button>
      {open && <Content label={props.contentLabel ?? label} kind={kind}>{children(close)}</Content>}
    </div>
  );
}

function Content(
  { label, kind, children }: {
    label: string;
    kind: PopoverProps["kind"];
    children: ComponentChildren;
  },
): VNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    keepInSight(element);
    const first = "[autofocus], [role=menuitem], input, button, a[href]";
    element.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }, []);
  const moves = kind === "menu" ? moveThroughItems : undefined;
  const role = kind === "listbox" ? undefined : kind;
  return (
    <div
      class="popover-content"
      tabIndex={-1}
      ref={box}
      role={role}
      aria-label={role && label}
      onKeyDown={moves}
    >
      {children}
    </div>
  );
}

/** Moves what would stand beyond the window's edge. */
function keepInSight(element: HTMLElement): void {
  const margin = 8;
  const { left, right } = element.getBoundingClientRect();
  const beyond = right - (document.documentElement.clientWidth - margin);
  const shift = beyond > 0 ? Math.min(beyond, left - margin) : left < margin ? left - margin : 0;
  if (shift !== 0) element.style.transform = `translateX(${-Math.round(shift)}px)`;
}

function moveThroughItems(event: KeyboardEvent): void {
  const { currentTarget, key } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const items = [...currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.findIndex((item) => item === document.activeElement);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: -1,
  };
  const to = moves[key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

import type { VNode } from "preact";
import { useId, useRef } from "preact/hooks";
import type { TimeRange } from "../data/mod.ts";
import type { Fault } from "./fault.ts";
import { Highlight } from "./highlight.tsx";
import { SuggestionList } from "./suggestion_list.tsx";
import { useCompletion } from "./use_completion.ts";

/** What the editor shows, and what it tells. */
export interface EditorProps {
  /** Its accessible name. */
  readonly label: string;
  readonly query: string;
  readonly range: TimeRange;
  readonly fault: Fault | undefined;
  /** The id of the text that says what is wrong. */
  readonly faultId: string;
  readonly onChange: (query: string) => void;
  readonly onRun: () => void;
}

/**
 * A text area for PromQL: coloured, with suggestions while one types. Enter runs the query or takes a
 * suggestion, Shift+Enter starts a line, Ctrl+Space asks for suggestions, Esc closes them.
 */
export function Editor(props: EditorProps): VNode {
  const { label, query, fault, faultId, onChange } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const control = useCompletion(area, props.range);
  const { completion } = control;
  const active = completion?.active ?? -1;
  return (
    <div class="editor" ref={box}>
      <Highlight query={query} fault={fault} />
      <textarea
        ref={area}
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={completion === undefined ? undefined : id}
        aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        rows={1}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder="A PromQL query, such as rate(http_requests_total[$__rate_interval])"
        value={query}
        onInput={(event) => {
          onChange(event.currentTarget.value);
          if (isTyped(event, completion !== undefined)) control.look(false);
          else control.close();
        }}
        onKeyDown={(event) => onKey(event, props, control)}
        onClick={control.close}
        onBlur={control.close}
      />
      {completion !== undefined && (
        <SuggestionList
          id={id}
          completion={completion}
          place={placeOf(box.current, completion.context.from)}
          onTake={control.take}
        />
      )}
    </div>
  );
}

/** Whether somebody types and may want help: nobody does who pastes, or begins to delete. */
function isTyped({ data, inputType }: InputEvent, open: boolean): boolean {
  return data?.length === 1 || (open && inputType.startsWith("delete"));
}

function onKey(
  event: KeyboardEvent,
  { onRun }: EditorProps,
  { completion, look, close, move, take }: ReturnType<typeof useCompletion>,
): void {
  const handled = (act: () => void) => {
    event.preventDefault();
    act();
  };
  if (event.isComposing) return;
  if (event.key === " " && event.ctrlKey) return handled(() => look(true));
  if (event.key === "Enter" && !event.shiftKey) {
    if (completion !== undefined && completion.active >= 0 && !event.ctrlKey) {
      return handled(() => take(completion.active));
    }
    return handled(() => {
      close();
      onRun();
    });
  }
  if (completion === undefined) return;
  switch (event.key) {
    case "ArrowDown":
      return handled(() => move(completion.active + 1));
    case "ArrowUp":
      return handled(() => move(Math.max(completion.active, 0) - 1));
    case "PageDown":
      return handled(() =>
        move(Math.min(completion.active + 8, completion.suggestions.length - 1))
      );
    case "PageUp":
      return handled(() => move(Math.max(completion.active - 8, 0)));
    case "Tab":
      if (!event.shiftKey) return handled(() => take(Math.max(completion.active, 0)));
      return;
    case "Escape":
      event.stopPropagation();
      return handled(close);
    case "ArrowLeft":
    case "ArrowRight":
    case "Home":
    case "End":
      return close();
  }
}

/** Where a character of the query is drawn. */
function placeOf(box: HTMLElement | null, offset: number): { left: number; top: number } {
  const text = box?.querySelector(".highlight");
  if (!box || !text) return { left: 0, top: 0 };
  const around = box.getBoundingClientRect();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let rest = offset;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (rest < length) {
      const range = document.createRange();
      range.setStart(node, rest);
      range.setEnd(node, rest + 1);
      const { left, bottom } = range.getBoundingClientRect();
      return { left: left - around.left, top: bottom - around.top + 4 };
    }
    rest -= length;
  }
  return { left: 0, top: around.height };
}

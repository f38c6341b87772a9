import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useSurroundings } from "../app/context.ts";
import type { TimeRange } from "../data/mod.ts";
import { type Context, contextAt } from "./context.ts";
import { ranked, type Suggestion } from "./suggestions.ts";
import { Vocabulary } from "./vocabulary.ts";

/** What the list of suggestions shows. */
export interface Completion {
  readonly context: Context;
  readonly suggestions: readonly Suggestion[];
  /** The one that Enter takes; -1 for none. */
  readonly active: number;
}

/** The list below the caret and what keys do with it. */
export interface CompletionControl {
  readonly completion: Completion | undefined;
  /** Looks for suggestions; `asked` shows them even where nothing is written yet. */
  readonly look: (asked: boolean) => void;
  readonly close: () => void;
  readonly move: (to: number) => void;
  readonly take: (at: number) => void;
}

/** Completes the query in a text area. */
export function useCompletion(
  area: RefObject<HTMLTextAreaElement | null>,
  range: TimeRange,
): CompletionControl {
  const { client } = useSurroundings();
  const vocabulary = useRef<Vocabulary>(null);
  const [completion, setCompletion] = useState<Completion>();
  const latest = useRef(0);
  // An answer that comes later than the view is gone finds nobody.
  useEffect(() => () => void latest.current++, []);

  const close = () => {
    latest.current++;
    setCompletion(undefined);
  };
  const look = async (asked: boolean) => {
    const round = ++latest.current;
    const target = area.current;
    if (target === null) return;
    const context = contextAt(target.value, target.selectionEnd);
    const idle = context.kind === "nothing" ||
      (context.kind === "expression" && context.written === "" && !asked);
    if (idle) return close();
    vocabulary.current ??= new Vocabulary(client);
    const all = await vocabulary.current.suggestions(context, range);
    if (round !== latest.current) return;
    const suggestions = ranked(all, context.written);
    const [first] = suggestions;
    // What is written out needs no help: Enter then runs the query.
    const complete = first?.text === context.written;
    if (first === undefined || (complete && !asked && suggestions.length === 1)) return close();
    setCompletion({ context, suggestions, active: complete ? -1 : 0 });
  };
  const move = (to: number) =>
    setCompletion((old) =>
      old && { ...old, active: (to + old.suggestions.length) % old.suggestions.length }
    );
  const take = (at: number) => {
    const suggestion = completion?.suggestions[at];
    if (area.current === null || completion === undefined || suggestion === undefined) return;
    close();
    // More may have been typed since the list was made.
    const context = contextAt(area.current.value, area.current.selectionEnd);
    if (context.kind !== completion.context.kind) return;
    write(area.current, context, suggestion);
    // A label's values come next.
    if (suggestion.back !== undefined) look(true);
  };
  return { completion, look: (asked) => void look(asked), close, move, take };
}

function write(
  area: HTMLTextAreaElement,
  { kind, from, to }: Context,
  { text, insert = text, back = 0 }: Suggestion,
): void {
  const rest = area.value.slice(to);
  const called = insert.endsWith("(") && rest.startsWith("(");
  const compared = back > 0 && /^\s*[=!]/.test(rest);
  const written = called || compared ? text : insert;
  area.focus();
  area.setSelectionRange(from, to);
  // Keeps what was before for Ctrl+Z, which setRangeText() does not.
  if (!document.execCommand("insertText", false, written)) {
    area.setRangeText(written, from, to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  const after = from + written.length - (compared ? 0 : back);
  const quoted = kind === "value" && /^["'`]/.test(area.value.slice(after));
  const caret = quoted || called ? after + 1 : after;
  area.setSelectionRange(caret, caret);
}

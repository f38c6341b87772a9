/**
 * Texts of alerts with `{{ … }}` in them: the part of Go's text/template, with Prometheus' functions,
 * that rule files use. What it does not know is an error when the rules are loaded, not when an alert
 * fires. Functions that ask further queries (`query`, `first`, …) are not known.
 *
 * @see {@link https://prometheus.io/docs/prometheus/latest/configuration/template_reference/}
 * @module
 */
import { type Evaluate, parsePipeline, type TemplateData } from "./expression.ts";
import { type Action, blanksEnd, readAction, type Token } from "./tokens.ts";
import { isTruthy, printValue } from "./value.ts";

export type { TemplateData };

/** A template that has been read. */
export interface Template {
  /** As it was written. */
  readonly source: string;
  /** Fills it in. Throws an Error for values that do not go together. */
  expand(data: TemplateData): string;
}

type Part = string | Evaluate | Choice;

interface Choice {
  readonly condition: Evaluate;
  readonly then: readonly Part[];
  readonly otherwise: readonly Part[];
}

/** Reads a template. Throws an Error that says what is wrong in which action. */
export function parseTemplate(source: string): Template {
  const parts = new TemplateParser(source).parse();
  return { source, expand: (data) => expand(parts, data) };
}

function expand(parts: readonly Part[], data: TemplateData): string {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else if (typeof part === "function") text += printValue(part(data));
    else text += expand(isTruthy(part.condition(data)) ? part.then : part.otherwise, data);
  }
  return text;
}

/** Why the parts of a block end. */
type Ending = "end" | "else" | "text";

class TemplateParser {
  readonly #source: string;
  #at = 0;
  #trims = false;
  /** What follows `else`, where that is not the end of its action. */
  #elseTokens: readonly Token[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  parse(): Part[] {
    const { parts, ending } = this.#parts();
    if (ending !== "text") throw new Error(`found '{{ ${ending} }}' without an '{{ if … }}'`);
    return parts;
  }

  #parts(): { readonly parts: Part[]; readonly ending: Ending } {
    const parts: Part[] = [];
    for (;;) {
      const open = this.#source.indexOf("{{", this.#at);
      let text = this.#source.slice(this.#at, open === -1 ? undefined : open);
      if (this.#trims) text = text.replace(/^[ \t\r\n]+/, "");
      this.#trims = false;
      const trimsLeft = open !== -1 && /^-[ \t\r\n]/.test(this.#source.slice(open + 2, open + 4));
      if (trimsLeft) text = text.replace(/[ \t\r\n]+$/, "");
      if (text !== "") parts.push(text);
      if (open === -1) {
        this.#at = this.#source.length;
        return { parts, ending: "text" };
      }
      const ending = this.#action(open, open + (trimsLeft ? 3 : 2), parts);
      if (ending !== undefined) return { parts, ending };
    }
  }

  #action(open: number, from: number, parts: Part[]): Ending | undefined {
    const start = blanksEnd(this.#source, from);
    if (this.#source.startsWith("/*", start)) {
      this.#skipComment(start);
      return undefined;
    }
    const { tokens, end, trimsRight } = this.#inside(open, () => readAction(this.#source, from));
    this.#at = end;
    this.#trims = trimsRight;
    const [first, ...rest] = tokens;
    const word = first?.kind === "name" ? first.text : "";
    if (word === "end" || word === "else") {
      this.#inside(open, () => this.#checkEnding(word, rest));
      return word;
    }
    const part = word === "if"
      ? this.#choice(open, rest)
      : this.#inside(open, () => parseAction(word, tokens));
    parts.push(part);
    return undefined;
  }

  #skipComment(start: number): void {
    const close = this.#source.indexOf("*/", start);
    const end = close === -1 ? null : /^([ \t\r\n]-)?\}\}/.exec(this.#source.slice(close + 2));
    if (end === null) throw new Error("a comment has no end: '*/}}' is missing");
    this.#at = close + 2 + end[0].length;
    this.#trims = end[1] !== undefined;
  }

  #checkEnding(word: "end" | "else", rest: readonly Token[]): void {
    const [next, ...condition] = rest;
    if (next === undefined) this.#elseTokens = [];
    else if (word === "else" && next.kind === "name" && next.text === "if") {
      if (condition.length === 0) throw new Error("a condition is missing");
      this.#elseTokens = condition;
    } else throw new Error(`did not expect '${next.text}' after '${word}'`);
  }

  #choice(open: number, tokens: readonly Token[]): Choice {
    const condition = this.#inside(open, () => parsePipeline(tokens));
    const { parts: then, ending } = this.#parts();
    if (ending === "end") return { condition, then, otherwise: [] };
    if (ending === "text") {
      throw new Error(`'{{ end }}' is missing for ${this.#shown(open)}`);
    }
    const elseTokens = this.#elseTokens;
    if (elseTokens.length > 0) {
      return { condition, then, otherwise: [this.#choice(open, elseTokens)] };
    }
    const { parts: otherwise, ending: last } = this.#parts();
    if (last !== "end") throw new Error(`'{{ end }}' is missing for ${this.#shown(open)}`);
    return { condition, then, otherwise };
  }

  /** Runs `read`; what it throws gets the action that begins at `open`. */
  #inside<T>(open: number, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}, in ${this.#shown(open)}`, { cause: error });
    }
  }

  #shown(open: number): string {
    const close = this.#source.indexOf("}}", open);
    const action = this.#source.slice(open, close === -1 ? undefined : close + 2);
    return `'${action.length > 80 ? `${action.slice(0, 80)}…` : action}'`;
  }
}

const UNKNOWN_WORDS = ["range", "with", "define", "template", "block", "break", "continue"];

function parseAction(word: string, tokens: Action["tokens"]): Evaluate {
  if (UNKNOWN_WORDS.includes(word)) throw new Error(`'${word}' is not known here`);
  if (tokens.some(({ text }) => text === ":=" || text === "=")) {
    throw new Error("variables of one's own are not known here");
  }
  return parsePipeline(tokens);
}

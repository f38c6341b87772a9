/** Any characters: at least none (`.*`) or one (`.+`). */
interface Anything {
  readonly atLeast: 0 | 1;
}

/** A text, or a gap of any characters. */
export type Gap = string | Anything;

/** A regular expression that is no more than alternatives of texts with gaps between them. */
export interface PlainPattern {
  /** Alternatives without gaps. */
  readonly texts: ReadonlySet<string>;
  /** Alternatives with gaps; two gaps never follow each other. */
  readonly globs: readonly (readonly Gap[])[];
  /** Whether `(?i)` was asked for; then texts are in small letters, and ASCII. */
  readonly ignoreCase: boolean;
}

/** More alternatives than these are left to the engine: of what has gaps, which are tried in turn, or none. */
const MAX_ALTERNATIVES = 1_000;
const MAX_TEXTS = 20_000;
const MAX_DEPTH = 20;
/** So are patterns that take more steps to read, about a microsecond each, or have more gaps. */
const MAX_STEPS = 20_000;
/** Joining alternatives with others takes more of them. */
const STEPS_OF_A_JOIN = 8;
const MAX_GAPS = 64;
const META = /[\\^$.|?*+()[\]{}]/;
const QUANTIFIER = /[?*+{]/;
const ESCAPABLE = /[!-/:-@[-`{-~]/;

/**
 * Reads a pattern of literals, groups, alternatives, `.*` and `.+`, anchored at both ends; undefined
 * where there is anything else in it, be it right or wrong.
 */
export function parsePlainPattern(pattern: string): PlainPattern | undefined {
  const ignoreCase = pattern.startsWith("(?i)");
  const text = ignoreCase ? pattern.slice("(?i)".length).toLowerCase() : pattern;
  if (!text.isWellFormed() || (ignoreCase && /[^\0-\x7f]|\\/.test(pattern))) return undefined;
  const alternatives = new PlainParser(text).parse();
  if (alternatives === undefined) return undefined;
  const texts = new Set<string>();
  const globs: Gap[][] = [];
  for (const gaps of alternatives) {
    if (gaps.length === 0) texts.add("");
    else if (gaps.length === 1 && typeof gaps[0] === "string") texts.add(gaps[0]);
    else globs.push(gaps);
  }
  if (globs.length > MAX_ALTERNATIVES) return undefined;
  return { texts, globs, ignoreCase };
}

/** What has been read is not plain. */
const NOT_PLAIN = Symbol("not plain");

class PlainParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Gap[][] | undefined {
    try {
      const alternatives = this.#alternatives();
      return this.#at === this.#text.length ? alternatives : undefined;
    } catch (error) {
      if (error === NOT_PLAIN) return undefined;
      throw error;
    }
  }

  #alternatives(): Gap[][] {
    const all = this.#sequence();
    while (this.#text[this.#at] === "|") {
      this.#at++;
      for (const one of this.#sequence()) all.push(one);
      if (all.length > (this.#depth === 0 ? MAX_TEXTS : MAX_ALTERNATIVES)) throw NOT_PLAIN;
    }
    return all;
  }

  #sequence(): Gap[][] {
    let all: Gap[][] = [[]];
    // Everything is anchored, so these say nothing; but only at the ends of the whole.
    if (this.#depth === 0 && this.#text[this.#at] === "^") this.#at++;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char === "|" || char === ")") return all;
      if (char === "$" && this.#depth === 0 && /^\$(\||$)/.test(this.#text.slice(this.#at))) {
        this.#at++;
        return all;
      }
      const next = char === "(" ? this.#group() : [[char === "." ? this.#dot() : this.#literal()]];
      if (QUANTIFIER.test(this.#text[this.#at] ?? "")) throw NOT_PLAIN;
      const count = all.length * next.length;
      this.#steps += count === 1 ? 1 : count * STEPS_OF_A_JOIN;
      if (count > MAX_ALTERNATIVES || this.#steps > MAX_STEPS) throw NOT_PLAIN;
      all = all.flatMap((left) => next.map((right) => join(left, right)));
    }
  }

  #group(): Gap[][] {
    this.#at += this.#text.startsWith("(?:", this.#at) ? 3 : 1;
    if (this.#text[this.#at] === "?" || ++this.#depth > MAX_DEPTH) throw NOT_PLAIN;
    const all = this.#alternatives();
    if (this.#text[this.#at] !== ")") throw NOT_PLAIN;
    this.#at++;
    this.#depth--;
    return all;
  }

  #dot(): Anything {
    const quantifier = this.#text[this.#at + 1];
    if (quantifier !== "*" && quantifier !== "+") throw NOT_PLAIN;
    this.#at += 2;
    return { atLeast: quantifier === "*" ? 0 : 1 };
  }

  /** Up to the next character that means something, or that a quantifier stands behind. */
  #literal(): string {
    let literal = "";
    while (this.#at < this.#text.length) {
      let char = this.#text[this.#at] ?? "";
      let length = 1;
      if (char === "\\") {
        char = this.#text[this.#at + 1] ?? "";
        if (!ESCAPABLE.test(char)) throw NOT_PLAIN;
        length = 2;
      } else if (META.test(char)) {
        break;
      }
      literal += char;
      this.#at += length;
    }
    if (literal === "") throw NOT_PLAIN;
    return literal;
  }
}

function join(left: readonly Gap[], right: readonly Gap[]): Gap[] {
  const joined = [...left];
  for (const gap of right) {
    const last = joined.at(-1);
    if (typeof last === "string" && typeof gap === "string") {
      joined[joined.length - 1] = last + gap;
    } else if (typeof last === "object" && typeof gap === "object") {
      if (last.atLeast + gap.atLeast > 1) throw NOT_PLAIN;
      joined[joined.length - 1] = last.atLeast === 1 ? last : gap;
    } else {
      joined.push(gap);
    }
  }
  if (joined.length > MAX_GAPS) throw NOT_PLAIN;
  return joined;
}

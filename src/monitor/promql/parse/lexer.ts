import { ParseError } from "../errors.ts";
import { quote, quoteCharacter } from "../print/quote.ts";
import { scanDuration, scanNumber } from "./number.ts";
import { characterAt, scanString } from "./string_literal.ts";
import { DURATION_WORDS, KEYWORDS, type Token } from "./token.ts";

/**
 * Cuts a query into tokens, one at a time, so that the first fault of the text is the one reported.
 * What a character means depends on the brackets around it, as in Prometheus.
 */
export class Lexer {
  readonly #text: string;
  readonly #words: Words;
  #start = 0;
  #at = 0;
  #parentheses = 0;
  #inBraces = false;
  #inBrackets = false;
  /** After `[`, until its first number. */
  #inDuration = false;
  #colon = false;
  /** Whether brackets had a number so far, these or earlier ones, as in Prometheus. */
  #number = false;

  /** `unicodeNames`: letters of any script, and dots, in names that are not quoted. */
  constructor(text: string, { unicodeNames }: { readonly unicodeNames: boolean }) {
    this.#text = text;
    this.#words = unicodeNames ? UNICODE_WORDS : ASCII_WORDS;
  }

  /** The next token; "eof" again and again after the last. Throws a ParseError. */
  next(): Token {
    this.#skip();
    this.#start = this.#at;
    const character = this.#character();
    if (character === "") return this.#end();
    if (this.#inBraces) return this.#insideBraces(character);
    if (this.#inDuration) return this.#insideDuration(character);
    return this.#outside(character);
  }

  #outside(character: string): Token {
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (DOUBLE.has(two)) return this.#take(two, 2);
    if (character === "=" && two === "=~") {
      throw this.#error(`unexpected character after '=': '~'`);
    }
    if (character === "!") {
      throw this.#error(`unexpected character after '!': ${this.#following()}`);
    }
    if (SINGLE.has(character)) return this.#take(character, 1);
    if (isQuote(character)) return this.#string();
    if (this.#isNumber(character)) return this.#numeral();
    if (character === ":" && this.#inBrackets) return this.#takeColon("unexpected colon ':'");
    if (character === ":" || this.#words.start.test(character)) {
      return this.#inBrackets ? this.#durationWord(character, WRONG_WORD) : this.#word();
    }
    if (character === "{") {
      this.#inBraces = true;
      return this.#take("{", 1);
    }
    if (character === "[") return this.#openBracket();
    if (character === "]") return this.#closeBracket();
    if (character === "(" || character === ")") return this.#parenthesis(character);
    throw this.#error(`unexpected character: ${quoteCharacter(character)}`);
  }

  #insideBraces(character: string): Token {
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === "=~" || two === "!~" || two === "!=") return this.#take(two, 2);
    if (character === "=" || character === ",") return this.#take(character, 1);
    if (isQuote(character)) return this.#string();
    if (this.#words.start.test(character)) return this.#match("identifier", this.#words.label);
    if (character === "}") {
      this.#inBraces = false;
      return this.#take("}", 1);
    }
    throw this.#error(
      character === "!"
        ? `unexpected character after '!' inside braces: ${this.#following()}`
        : character === "{"
        ? "unexpected left brace '{'"
        : `unexpected character inside braces: ${quoteCharacter(character)}`,
    );
  }

  #insideDuration(character: string): Token {
    if (character === "]") return this.#closeBracket();
    if (character === ":") {
      if (!this.#number) {
        throw this.#error("unexpected colon before duration in duration expression", 1);
      }
      return this.#takeColon("unexpected repeated colon in duration expression", 1);
    }
    if (character === "(" || character === ")") return this.#parenthesis(character);
    if ("+-*/%^,".includes(character)) return this.#take(character, 1);
    if (this.#isNumber(character)) {
      this.#inDuration = false;
      this.#number = true;
      return this.#numeral();
    }
    return this.#durationWord(
      character,
      (wrong) => `unexpected character in duration expression: ${quoteCharacter(wrong)}`,
    );
  }

  #end(): Token {
    if (this.#inBraces) throw this.#error("unexpected end of input inside braces");
    if (this.#inDuration) throw this.#error("unexpected end of input in duration expression");
    if (this.#parentheses !== 0) throw this.#error("unclosed left parenthesis");
    if (this.#inBrackets) throw this.#error("unclosed left bracket");
    return this.#take("eof", 0);
  }

  #openBracket(): Token {
    if (this.#inBrackets) throw this.#error("unexpected left bracket '['");
    this.#inBrackets = this.#inDuration = true;
    this.#colon = false;
    return this.#take("[", 1);
  }

  #closeBracket(): Token {
    if (!this.#inBrackets) throw this.#error("unexpected right bracket ']'");
    this.#inBrackets = this.#inDuration = false;
    return this.#take("]", 1);
  }

  #parenthesis(character: string): Token {
    this.#parentheses += character === "(" ? 1 : -1;
    if (this.#parentheses < 0) throw this.#error("unexpected right parenthesis ')'", 1);
    return this.#take(character, 1);
  }

  #takeColon(repeated: string, offset = 0): Token {
    if (this.#colon) throw this.#error(repeated, offset);
    this.#colon = true;
    return this.#take(":", 1);
  }

  #word(): Token {
    const word = this.#match("identifier", this.#words.metric);
    const keyword = word.text.toLowerCase();
    if (keyword === "inf" || keyword === "nan") return { ...word, kind: "number" };
    if (word.text.includes(":")) return { ...word, kind: "metric" };
    if (!KEYWORDS.has(keyword)) return word;
    // These came late, so a metric may have such a name.
    const isName = keyword.startsWith("fill") && !/^[ \t\r\n]*\(/.test(this.#text.slice(this.#at));
    return isName ? word : { ...word, kind: keyword };
  }

  #durationWord(character: string, message: (character: string) => string): Token {
    const word = this.#match("identifier", /[A-Za-z_]*/y);
    const keyword = word.text.toLowerCase();
    if (!DURATION_WORDS.has(keyword)) throw this.#error(message(character));
    return { ...word, kind: keyword };
  }

  #isNumber(character: string): boolean {
    return /[0-9]/.test(character) ||
      (character === "." && /[0-9]/.test(this.#text[this.#at + 1] ?? ""));
  }

  #numeral(): Token {
    const number = scanNumber(this.#text, this.#at);
    if (number.valid) return this.#take("number", number.to - this.#at);
    const duration = scanDuration(this.#text, number.to);
    if (duration.valid) return this.#take("duration", duration.to - this.#at);
    const text = this.#text.slice(this.#at, duration.to);
    throw this.#error(`bad number or duration syntax: ${quote(text)}`);
  }

  #string(): Token {
    try {
      return this.#take("string", scanString(this.#text, this.#at) - this.#at);
    } catch (error) {
      throw this.#error(error instanceof Error ? error.message : String(error));
    }
  }

  #skip(): void {
    // No comments after `[`: there `#` is a fault, as in Prometheus.
    const blank = this.#inDuration ? /[ \t\r\n]*/y : /(?:[ \t\r\n]|#[^\r\n]*)*/y;
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#text)?.[0].length ?? 0;
  }

  #match(kind: string, pattern: RegExp): Token {
    pattern.lastIndex = this.#at;
    return this.#take(kind, pattern.exec(this.#text)?.[0].length ?? 0);
  }

  #take(kind: string, length: number): Token {
    const from = this.#at;
    this.#at += length;
    return { kind, text: this.#text.slice(from, this.#at), from, to: this.#at };
  }

  #character(): string {
    return characterAt(this.#text, this.#at);
  }

  #following(): string {
    return quoteCharacter(characterAt(this.#text, this.#at + 1) || "\ufffd");
  }

  #error(reason: string, offset = 0): ParseError {
    return new ParseError(
      this.#text,
      { from: this.#start + offset, to: this.#text.length },
      reason,
    );
  }
}

interface Words {
  readonly start: RegExp;
  readonly metric: RegExp;
  readonly label: RegExp;
}

const ASCII_WORDS: Words = {
  start: /^[A-Za-z_]/,
  metric: /[A-Za-z0-9_:]*/y,
  label: /[A-Za-z0-9_]*/y,
};
const UNICODE_WORDS: Words = {
  start: /^[\p{L}_]/u,
  metric: /[\p{L}\p{M}\p{N}_:.]*/uy,
  label: /[\p{L}\p{M}\p{N}_.]*/uy,
};

const DOUBLE = new Set(["==", "!=", "<=", ">=", "</", ">/"]);
const SINGLE = new Set([",", "*", "/", "%", "+", "-", "^", "=", "<", ">", "@"]);
const WRONG_WORD = (character: string): string =>
  `unexpected character: ${quoteCharacter(character)}, expected ':'`;

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === "`";
}

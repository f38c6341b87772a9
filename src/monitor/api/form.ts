import { ApiError } from "./failure.ts";
import { quote } from "../promql/print/mod.ts";

/** The most bytes that a request's body may have. */
const LONGEST_BODY = 1024 * 1024;
/** The most parameters that a body, or an address, may have. */
const MOST_PARAMETERS = 1000;

/** Parameters of a request: those of its body, then those of its address. */
export class Form {
  readonly #values = new Map<string, string[]>();
  #fault: string | undefined;

  /**
   * Adds what `text` has. Pairs that cannot be read are left out, as Go does. Throws an ApiError for
   * more than 1,000 of them.
   */
  add(text: string): void {
    const pairs = text.split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      throw new ApiError("bad_data", `too many parameters: at most ${MOST_PARAMETERS} are read`);
    }
    for (const pair of pairs) {
      if (pair === "") continue;
      try {
        const end = pair.indexOf("=");
        const name = decode(end === -1 ? pair : pair.slice(0, end), pair);
        const value = decode(end === -1 ? "" : pair.slice(end + 1), pair);
        const values = this.#values.get(name);
        if (values === undefined) this.#values.set(name, [value]);
        else values.push(value);
      } catch (error) {
        if (!(error instanceof FormFault)) throw error;
        this.#fault ??= error.message;
      }
    }
  }

  /** The first value of a parameter, "" where there is none. */
  get(name: string): string {
    return this.#values.get(name)?.[0] ?? "";
  }

  /** All values of a parameter. */
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Throws an ApiError where a part could not be read. Most requests do without that part. */
  requireWhole(): void {
    if (this.#fault === undefined) return;
    throw new ApiError("bad_data", `error parsing form values: ${this.#fault}`);
  }
}

class FormFault extends Error {}

function decode(text: string, pair: string): string {
  if (pair.includes(";")) throw new FormFault("invalid semicolon separator in query");
  if (!text.includes("%") && !text.includes("+")) return text;
  const wrong = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text);
  if (wrong !== null) throw new FormFault(`invalid URL escape ${quote(wrong[0])}`);
  const words = spaced(text);
  return text.includes("%") ? decodePercent(words) : words;
}

/** With spaces for plus signs. Replacing them takes much longer where there are many. */
function spaced(text: string): string {
  if (!text.includes("+")) return text;
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    codes[at] = code === PLUS ? SPACE : code;
  }
  return textOf(codes);
}

/**
 * Text with `%` escapes, all of which are whole. Where they are not UTF-8, those from `%80` on are lone
 * surrogates from U+DC80 on, as in strings of PromQL.
 */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeBytes(text);
  }
}

/** As many characters are made of codes at once as a call may have arguments. */
const AT_ONCE = 4_096;
const SPACE = 0x20;
const PERCENT = 0x25;
const PLUS = 0x2b;

/** Without a call for each escape: there may be hundreds of thousands. */
function decodeBytes(text: string): string {
  const codes = new Uint16Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code === PERCENT) {
      const byte = hexValue(text.charCodeAt(at + 1)) * 16 + hexValue(text.charCodeAt(at + 2));
      code = byte < 0x80 ? byte : 0xdc00 + byte;
      at += 2;
    }
    codes[count++] = code;
  }
  return textOf(codes.subarray(0, count));
}

function textOf(codes: Uint16Array): string {
  let text = "";
  for (let from = 0; from < codes.length; from += AT_ONCE) {
    text += Reflect.apply(String.fromCharCode, undefined, codes.subarray(from, from + AT_ONCE));
  }
  return text;
}

/** Of a character that is a hexadecimal digit. */
function hexValue(code: number): number {
  return (code & 0xf) + (code > 0x39 ? 9 : 0);
}

/**
 * The parameters of a request, from its address and, if it is a POST of a form, from its body. Throws
 * an ApiError for a body of more than 1 MiB.
 */
export async function readForm(request: Request, url: URL): Promise<Form> {
  const form = new Form();
  if (request.method === "POST" && isForm(request.headers.get("content-type"))) {
    form.add(await readBody(request));
  }
  form.add(url.search.slice(1));
  return form;
}

function isForm(contentType: string | null): boolean {
  const [type = ""] = (contentType ?? "").split(";");
  return type.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

/** The body of a request as text. Throws an ApiError for more than 1 MiB. */
export async function readBody(request: Request): Promise<string> {
  if (request.body === null) return "";
  let length = 0;
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of request.body) {
    length += part.length;
    if (length > LONGEST_BODY) {
      throw new ApiError(
        "bad_data",
        `the request's body is too long: at most ${LONGEST_BODY} bytes are read`,
        { status: 413 },
      );
    }
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

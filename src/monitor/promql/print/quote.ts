/**
 * A string as Go's `%q` and PromQL write it: in double quotes, with escapes for what cannot be seen.
 * Bytes that are not UTF-8, which strings of PromQL may hold, are lone low surrogates from U+DC80 to
 * U+DCFF here, and are written as `\x80` to `\xff`.
 */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = "";
  for (const character of text) quoted += character === '"' ? '\\"' : escaped(character);
  return `"${quoted}"`;
}

/** A character as Go's `%q` writes it: `'x'`. */
export function quoteCharacter(character: string): string {
  return `'${character === "'" ? "\\'" : escaped(character)}'`;
}

/** A character as Go's `%#U` writes it: `U+0071 'q'`. */
export function codePoint(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return VISIBLE.test(character) ? `U+${code} '${character}'` : `U+${code}`;
}

const PLAIN = /^[ !#-[\]-~]*$/;
const VISIBLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const NAMED: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

function escaped(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  if (VISIBLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, length: number): string {
  return code.toString(16).padStart(length, "0");
}

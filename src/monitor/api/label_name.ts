import { quote } from "../promql/print/mod.ts";
import { ApiError } from "./failure.ts";
import { decodePercent } from "./form.ts";

/** The name of a label as it stands in a path. Throws an ApiError where it cannot be one. */
export function labelNameOf(segment: string): string {
  const name = unescapeName(decodePercent(segment));
  if (name !== "" && name.isWellFormed()) return name;
  throw new ApiError("bad_data", `invalid label name: ${quote(name)}`);
}

/**
 * A name that was escaped as values of the content negotiation are: `U__a_2e_b` is `a.b`, and `__`
 * stands for one `_`. What is not escaped so stays as it is.
 */
export function unescapeName(name: string): string {
  if (!name.startsWith("U__")) return name;
  const escaped = name.slice(3);
  const unescaped = escaped.replace(
    /__|_([0-9A-Fa-f]{1,6})_|_/g,
    (all, code: string | undefined) => {
      if (all === "__") return "_";
      const point = code === undefined ? NaN : parseInt(code, 16);
      return isCharacter(point) ? String.fromCodePoint(point) : NOT_ESCAPED;
    },
  );
  return unescaped.includes(NOT_ESCAPED) ? name : unescaped;
}

/** Stands where a name is not escaped well: no name has it. */
const NOT_ESCAPED = "\0";

function isCharacter(point: number): boolean {
  return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
}

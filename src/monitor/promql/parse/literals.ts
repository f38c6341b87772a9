import type { NumberLiteral, StringLiteral } from "../ast.ts";
import { parseDurationLiteral, parseNumber } from "./number.ts";
import { unquote } from "./string_literal.ts";
import type { Token } from "./token.ts";
import type { TokenStream } from "./token_stream.ts";

/** A number or duration, which is the next token. */
export function parseNumberLiteral(stream: TokenStream): NumberLiteral {
  const token = stream.take();
  const isDuration = token.kind === "duration";
  try {
    const value = isDuration ? parseDurationLiteral(token.text) : parseNumber(token.text);
    return { kind: "number", value, ...(isDuration ? { isDuration } : {}), ...placeOf(token) };
  } catch (error) {
    throw stream.error(token, error instanceof Error ? error.message : String(error));
  }
}

/** A number with a sign or none; anything else is unexpected. */
export function parseSignedNumber(stream: TokenStream): NumberLiteral {
  const sign = stream.at("+", "-") ? stream.take() : undefined;
  if (!stream.at("number", "duration")) throw stream.unexpected();
  return signed(sign, parseNumberLiteral(stream));
}

/** `literal` with the sign before it as a part of it. */
export function signed(sign: Token | undefined, literal: NumberLiteral): NumberLiteral {
  if (sign === undefined) return literal;
  return {
    ...literal,
    value: sign.kind === "-" ? -literal.value : literal.value,
    from: sign.from,
  };
}

/** A string, which is the next token. */
export function parseStringLiteral(stream: TokenStream): StringLiteral {
  const token = stream.take();
  return { kind: "string", value: unquote(token.text), ...placeOf(token) };
}

function placeOf({ from, to }: Token): { from: number; to: number } {
  return { from, to };
}

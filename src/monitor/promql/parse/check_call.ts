import type { Call, ValueType } from "../ast.ts";
import type { Signature } from "../functions/signature.ts";
import { SIGNATURES } from "../functions/signatures.ts";
import { quote } from "../print/quote.ts";
import type { TokenStream } from "./token_stream.ts";

/** Checks how many arguments a call has, and what `info` wants beside. Gives the signature. */
export function checkCallShape(stream: TokenStream, call: Call): Signature {
  const signature = SIGNATURES.get(call.name);
  if (signature === undefined) {
    throw stream.error(call, `unknown function with name ${quote(call.name)}`);
  }
  const { variadic, arguments: types } = signature;
  const given = call.arguments.length;
  const least = variadic === 0 ? types.length : types.length - 1;
  const most = variadic < 0 ? Infinity : least + variadic;
  if (given < least || given > most) {
    const wanted = variadic === 0
      ? `${least}`
      : given < least
      ? `at least ${least}`
      : `at most ${most}`;
    throw stream.error(
      call,
      `expected ${wanted} argument(s) in call to ${quote(call.name)}, got ${given}`,
    );
  }
  if (call.name === "info") checkInfo(stream, call);
  return signature;
}

/** The type of an argument; the last type counts for all that follow. */
export function expectedType({ arguments: types }: Signature, index: number): ValueType {
  return types[Math.min(index, types.length - 1)] ?? "vector";
}

function checkInfo(stream: TokenStream, call: Call): void {
  const labels = call.arguments[1];
  if (labels === undefined) return;
  const type = stream.typeOf(labels);
  if (type !== "vector") {
    const given = type === "matrix" ? "range vector" : type;
    throw stream.error(
      call,
      `expected type instant vector in call to function "info", got ${given}`,
    );
  }
  if (labels.kind !== "selector") throw stream.error(labels, "expected label selectors only");
  if (labels.name !== "") {
    throw stream.error(labels, "expected label selectors only, got vector selector instead");
  }
}

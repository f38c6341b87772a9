/**
 * The bytes before a message, a flag and the length: gRPC over HTTP/2, "Length-Prefixed-Message".
 *
 * @module
 */
import type { ErrorStatusName } from "../status.ts";
import { ENCODINGS, isEncoding } from "./compression.ts";

/** How many bytes come before a message. */
export const PREFIX_BYTES = 5;

/** Why messages cannot be taken. */
export interface Refusal {
  readonly code: ErrorStatusName;
  readonly reason: string;
}

/** Why a message with such a prefix cannot be taken, or undefined. */
export function refusalOf(
  flag: number,
  length: number,
  encoding: string = "identity",
  maxBytes: number,
): Refusal | undefined {
  if (length > maxBytes) {
    const reason = `The request of ${length} bytes is larger than the limit of ${maxBytes}`;
    return { code: "RESOURCE_EXHAUSTED", reason };
  }
  if (flag === 0 || (flag === 1 && isEncoding(encoding))) return undefined;
  if (flag > 1 || encoding === "identity") {
    return { code: "INTERNAL", reason: `A message has flag ${flag} and encoding '${encoding}'` };
  }
  const known = ENCODINGS.join(" and ");
  const reason = `The server does not know the encoding '${encoding}'; it knows ${known}`;
  return { code: "UNIMPLEMENTED", reason };
}

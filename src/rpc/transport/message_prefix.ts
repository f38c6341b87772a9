/**
 * The bytes before a message, a flag and the length: gRPC over HTTP/2, "Length-Prefixed-Message".
 *
 * @module
 */
import type { Stream } from "../../http2/stream.ts";
import { RpcError } from "../status.ts";
import { ENCODINGS, isEncoding } from "./compression.ts";

/** How many bytes come before a message. */
export const PREFIX_BYTES = 5;

/** Why a message with such a prefix cannot be taken, or undefined. */
export function refusalOf(
  flag: number,
  length: number,
  encoding: string = "identity",
  maxBytes: number,
): RpcError | undefined {
  if (length > maxBytes) {
    const reason = `The request of ${length} bytes is larger than the limit of ${maxBytes}`;
    return new RpcError("RESOURCE_EXHAUSTED", reason);
  }
  if (flag === 0 || (flag === 1 && isEncoding(encoding))) return undefined;
  if (flag > 1 || encoding === "identity") {
    return new RpcError("INTERNAL", `A message has flag ${flag} and encoding '${encoding}'`);
  }
  const known = ENCODINGS.join(" and ");
  const reason = `The server does not know the encoding '${encoding}'; it knows ${known}`;
  return new RpcError("UNIMPLEMENTED", reason);
}

/** Where the prefix of a message is written; the stream takes it at once. */
const prefix = new Uint8Array(PREFIX_BYTES);

/** Sends a message; `sent` is called when the next one may follow, unless the stream ends before. */
export function writeMessage(
  stream: Stream,
  bytes: Uint8Array,
  isCompressed: boolean,
  sent: () => void,
): void {
  const { length } = bytes;
  prefix[0] = isCompressed ? 1 : 0;
  prefix[1] = length >>> 24;
  prefix[2] = length >>> 16;
  prefix[3] = length >>> 8;
  prefix[4] = length;
  stream.data(prefix, bytes, sent);
}

/**
 * Why a port could not be had, in words.
 *
 * @module
 */
import { formatAddress } from "./address.ts";

/** What a {@linkcode ListenError} is made of. */
export interface ListenErrorOptions {
  readonly hostname: string;
  readonly port: number;
  /** What was to be served there, where that helps: "HTTP". */
  readonly purpose?: string;
  /** The error of the system. */
  readonly cause: unknown;
}

/** Why one could not listen. `cause` is the error of the system. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  /** The reason: EADDRINUSE, EACCES, ENOTFOUND, …, or NotCapable where permission is missing. */
  readonly code: string;

  constructor({ purpose, cause, ...address }: ListenErrorOptions) {
    const code = codeOf(cause);
    const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
    const what = purpose === undefined ? "" : ` for ${purpose}`;
    super(`Cannot listen${what} on ${formatAddress(address)}: ${reason} (${code})`, { cause });
    this.code = code;
  }
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  // Deno's own look-up fails without a code.
  if (/failed to lookup address/.test(cause.message)) return "ENOTFOUND";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "the system does not let this user have the port",
  EADDRINUSE: "another process has the port",
  EADDRNOTAVAIL: "this machine does not have the address",
  EINVAL: "this machine does not have the address",
  ENOTFOUND: "no address is known for the name",
  ERR_SOCKET_BAD_PORT: "the port must be an integer from 0 to 65535",
  NotCapable: "this process was not given the net permission for it",
  URIError: "this is not an address and a port",
};

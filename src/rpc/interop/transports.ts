/**
 * The transports that are tried.
 *
 * @module
 */

import type { TransportName } from "../server.ts";

/** Every transport that serves. */
export const TRANSPORTS: readonly TransportName[] = ["native", "grpc-js"];

/** Reads `--transport=NAME` from `args`. Throws TypeError when there is no such transport. */
export function transportOf(args: readonly string[]): TransportName {
  const value = args.find((arg) => arg.startsWith("--transport="))?.slice("--transport=".length);
  const found = TRANSPORTS.find((name) => name === value);
  if (found === undefined) {
    throw new TypeError(
      `Cannot serve: --transport must be one of ${
        TRANSPORTS.join(", ")
      }, current value is '${value}'`,
    );
  }
  return found;
}

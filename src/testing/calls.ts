/**
 * Calls without a network, for tests of interceptors.
 *
 * @module
 */
import type { Call } from "../rpc/interceptor.ts";
import { Metadata } from "../rpc/metadata.ts";
import type { RpcError } from "../rpc/status.ts";

/** A call that is on nobody's wire. */
export interface TestCall extends Call {
  /** What it was ended with. */
  readonly ended: Promise<RpcError>;
}

/** A server's call of `path`, `/package.Service/Method`. `end()` aborts its signal. */
export function testCall(path = "/test.Greeter/greet", deadline?: number): TestCall {
  const [, service = "", name = ""] = path.split("/");
  const { promise: ended, resolve } = Promise.withResolvers<RpcError>();
  const abort = new AbortController();
  return {
    side: "server",
    method: { path, service, name, kind: "unary" },
    metadata: new Metadata(),
    peer: "unknown",
    deadline,
    signal: abort.signal,
    ended,
    end(error) {
      abort.abort(error);
      resolve(error);
    },
  };
}

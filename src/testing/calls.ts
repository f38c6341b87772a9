/**
 * Calls without a network, for tests of interceptors.
 *
 * @module
 */
import type { Call, CallEnd } from "../rpc/interceptor.ts";
import { Metadata } from "../rpc/metadata.ts";
import type { RpcError, StatusName } from "../rpc/status.ts";

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

/** How a call ended that had no messages. */
export function callEnd(code: StatusName, seconds = 0, error?: unknown): CallEnd {
  const end = { code, seconds, receivedBytes: 0, sentBytes: 0 };
  return error === undefined ? end : { ...end, error };
}

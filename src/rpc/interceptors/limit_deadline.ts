/**
 * Gives every call an end: callers that name no deadline, or one too far away, get the server's.
 *
 * @module
 */
import { catalogued } from "../../metrics/mod.ts";
import type { Interceptor } from "../interceptor.ts";
import type { MethodInfo } from "../method.ts";
import { RpcError } from "../status.ts";
import { integerWithin } from "../within.ts";
import { isHealth } from "./infrastructure.ts";

/** Options of {@linkcode limitDeadline}. */
export interface DeadlineLimit {
  /**
   * The longest that a call may take, in milliseconds; 1 to 86,400,000 (a day). No default. gRPC core
   * has no such limit. Streams are calls: name a time that the longest of them may last, or exempt them.
   */
  readonly maxMs: number;
  /** Methods that may take as long as they like. Default: the health service, whose Watch never ends. */
  readonly exempt?: (method: MethodInfo) => boolean;
}

/**
 * Brings the deadline of calls forward to `maxMs` from their start, where they have none or a later
 * one. The handler sees it as its deadline, and passes it on to the calls it makes. When it comes,
 * the handler's signal aborts and the caller gets DEADLINE_EXCEEDED; that is counted in
 * `grpc_server_refused_total`.
 *
 * A caller that has not taken what was sent to it until then gets CANCELLED: a status would have to
 * wait behind that.
 *
 * Throws RangeError when an option is out of range.
 */
export function limitDeadline({ maxMs, exempt = isHealth }: DeadlineLimit): Interceptor {
  integerWithin("maxMs", maxMs, 1, 86_400_000);
  const refused = catalogued.counter("grpc_server_refused_total", { reason: "deadline" });
  return {
    started(call) {
      const deadline = Date.now() + maxMs;
      if (exempt(call.method) || (call.deadline ?? Infinity) <= deadline) return;
      call.deadline = deadline;
      const timer = setTimeout(() => {
        refused.increment();
        call.end(
          new RpcError("DEADLINE_EXCEEDED", `The server lets no call take longer than ${maxMs} ms`),
        );
      }, maxMs);
      return { finished: () => clearTimeout(timer) };
    },
  };
}

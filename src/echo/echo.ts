/**
 * Answers `foo.Foo/echo` and measures each answer.
 *
 * @module
 */
import { catalogued } from "../metrics/mod.ts";
import type { UnaryHandler } from "../rpc/handler.ts";
import type { EchoReply } from "./generated/foo/EchoReply.ts";
import type { EchoRequest__Output } from "./generated/foo/EchoRequest.ts";

/** Replies `Hello NAME!`. */
export const echo: UnaryHandler<EchoRequest__Output, EchoReply> = measured(
  "echo",
  (request) => ({ message: `Hello ${request.name}!` }),
);

/**
 * Records every call of `handler` under the names of the original example: how long it took by API
 * and result, one more call, and a gauge that rises by ten.
 */
export function measured<Request, Reply>(
  api: string,
  handler: UnaryHandler<Request, Reply>,
): UnaryHandler<Request, Reply> {
  return async (request, context) => {
    const start = performance.now();
    let result = "error";
    try {
      const reply = await handler(request, context);
      result = "ok";
      return reply;
    } finally {
      const seconds = (performance.now() - start) / 1000;
      catalogued.histogram("foo_histgram", { api, result }).record(seconds);
      catalogued.counter("foo_counter").increment();
      catalogued.gauge("foo_gauge").increment(10);
    }
  };
}

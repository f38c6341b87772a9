/**
 * A traced process for `tracing_test.ts`: two servers, of which the front calls the back to answer.
 *
 * - with `--transport=NAME` alone it makes its calls itself, and ends
 * - with `serve` too it prints where the front listens, and serves
 *
 * What it prints besides are log lines, and the exemplar of a histogram.
 */
import type { MethodDefinition } from "@grpc/proto-loader";
import { currentTraceFields } from "./tracing_fields.ts";
import { createLogger } from "../../logging/logger.ts";
import { BucketHistogram } from "../../metrics/buckets.ts";
import { traceExemplar, withSpan } from "../../metrics/context.ts";
import { connectOpenTelemetry } from "../../metrics/context_otel.ts";
import { connectRpc } from "../client.ts";
import { keepTraceContext } from "../grpc_js/http2_trace_context.ts";
import type { handleBidiStreamingCall, handleUnaryCall } from "../grpc_js/load.ts";
import type { Handlers } from "../handler.ts";
import { transportOf } from "../interop/transports.ts";
import { Metadata } from "../metadata.ts";
import { implement, serveRpc } from "../server.ts";
import { loadService } from "../service.ts";
import { RpcError } from "../status.ts";
import { logCalls } from "./access_log.ts";
import { traceCalls } from "./tracing.ts";

interface Text {
  text: string;
}

interface RelayHandlers {
  ask: handleUnaryCall<Text, Text>;
  chat: handleBidiStreamingCall<Text, Text>;
}

interface RelayDefinition {
  ask: MethodDefinition<Text, Text, Text, Text>;
  chat: MethodDefinition<Text, Text, Text, Text>;
}

const relay = loadService<RelayHandlers, RelayDefinition>(
  `syntax = "proto3"; package test;
   service Relay {
     rpc ask (Text) returns (Text);
     rpc chat (stream Text) returns (stream Text);
   }
   message Text { string text = 1; }`,
  "test.Relay",
);

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (!connectOpenTelemetry()) throw new Error("This process is not traced");
keepTraceContext();
const histogram = new BucketHistogram([1], { exemplar: traceExemplar });
const log = createLogger({
  level: "info",
  format: "json",
  write: print,
  context: currentTraceFields,
});

function serve(handlers: Handlers<RelayHandlers>) {
  return serveRpc({
    services: [implement(relay, handlers)],
    hostname: "127.0.0.1",
    port: 0,
    transport: transportOf(Deno.args),
    interceptors: [traceCalls(), logCalls(log)],
    log,
  });
}

function connect(port: number) {
  const target = `dns:///localhost:${port}`;
  return connectRpc(relay, { target, interceptors: [traceCalls({ target })] });
}

const back = await serve({
  ask({ text }, { metadata }) {
    if (text === "nobody") throw new RpcError("NOT_FOUND", "nobody of that name");
    if (text === "bug") throw new TypeError("a bug in the handler");
    log.info("asked", { text, state: metadata.get("tracestate") });
    histogram.record(0.5);
    return { text: text.toUpperCase() };
  },
  async *chat(requests) {
    for await (const { text } of requests) {
      yield await withSpan("think", { text }, () => Promise.resolve({ text }));
    }
  },
});
const toBack = connect(back.address.port);
const front = await serve({
  ask: (request) => toBack.methods.ask(request),
  chat: (requests) => toBack.methods.chat(requests),
});

if (Deno.args.includes("serve")) {
  print(`listening on ${front.address.port}`);
} else {
  const toFront = connect(front.address.port);
  await toFront.methods.ask({ text: "hello" });
  for (const text of ["nobody", "bug"]) {
    await toFront.methods.ask({ text }).catch(() => {});
  }
  await withSpan("conversation", {}, async () => {
    const words = (async function* () {
      yield { text: "one" };
      yield { text: "two" };
    })();
    for await (const _ of toFront.methods.chat(words));
  });
  await toFront.methods.ask({ text: "theirs" }, {
    metadata: new Metadata({
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      tracestate: "congo=t61rcWkgMzE",
    }),
  });
  toFront.close();
  toBack.close();
  await Promise.all([front.close(1000), back.close(1000)]);
  print(JSON.stringify({ exemplar: histogram.snapshot().buckets[0]?.exemplar?.labels }));
}

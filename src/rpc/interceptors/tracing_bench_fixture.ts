/** One process that `tracing_bench.ts` measures; prints its {@linkcode TracingPrice}. */
import { createLogger } from "../../logging/logger.ts";
import { connectOpenTelemetry } from "../../metrics/context_otel.ts";
import { greeter } from "../../testing/greeter.ts";
import { connectRpc } from "../client.ts";
import { keepTraceContext } from "../grpc_js/http2_trace_context.ts";
import { type Call, type Interceptor, Interceptors } from "../interceptor.ts";
import { Metadata } from "../metadata.ts";
import { implement, serveRpc } from "../server.ts";
import { logCalls } from "./access_log.ts";
import { traceCalls } from "./tracing.ts";

/** The interceptors that are compared. */
export const WAYS = ["no interceptor", "traceCalls()", "logCalls()", "both"] as const;

/** What a process was measured to do. */
export interface TracingPrice {
  /** A server's call through its interceptors, in nanoseconds. */
  readonly chainNs: Readonly<Record<typeof WAYS[number], number>>;
  /** Calls in one second, 50 at a time, of a client that traces too where the server does. */
  readonly callsPerSecond: Readonly<Record<typeof WAYS[number], number>>;
}

const TURNS = 6;

const METHOD = { path: "/test.Greeter/greet", service: "test.Greeter", name: "greet" } as const;
const METADATA = new Metadata({ "user-agent": "bench" });

function chainNs(list: readonly Interceptor[], calls: number): number {
  const interceptors = new Interceptors(list);
  const { signal } = new AbortController();
  const handler = () => {};
  const begin = performance.now();
  for (let i = 0; i < calls; i++) {
    const call: Call = {
      side: "server",
      method: { ...METHOD, kind: "unary" },
      metadata: METADATA,
      peer: "127.0.0.1:50000",
      deadline: undefined,
      signal,
      end() {},
    };
    const reporters = interceptors.started(call);
    interceptors.around(call, handler);
    reporters.received(10);
    reporters.sent(20);
    reporters.finished("OK", 0.001);
  }
  return (performance.now() - begin) / calls * 1e6;
}

async function callsPerSecond(list: readonly Interceptor[], calls: number): Promise<number> {
  const server = await serveRpc({
    services: [implement(greeter, { greet: (request) => request })],
    hostname: "127.0.0.1",
    port: 0,
    interceptors: list,
    log,
  });
  const target = `127.0.0.1:${server.address.port}`;
  const client = connectRpc(greeter, { target, interceptors: list });
  let left = calls;
  async function work(): Promise<void> {
    while (left-- > 0) await client.methods.greet({ text: "bench" });
  }
  const begin = performance.now();
  await Promise.all(Array.from({ length: 50 }, work));
  const seconds = (performance.now() - begin) / 1000;
  client.close();
  await server.close(1000);
  return calls / seconds;
}

const log = createLogger({ level: "info", format: "json", write: () => {} });

if (import.meta.main) {
  if (connectOpenTelemetry()) keepTraceContext();
  const ways: Record<typeof WAYS[number], readonly Interceptor[]> = {
    "no interceptor": [],
    "traceCalls()": [traceCalls()],
    "logCalls()": [logCalls(log)],
    "both": [traceCalls(), logCalls(log)],
  };
  /** The best of several turns: what else the machine does only ever makes it worse. */
  const all = async (
    better: (...values: number[]) => number,
    measure: (list: readonly Interceptor[]) => number | Promise<number>,
  ) => {
    const results = new Map<string, number>();
    for (let turn = 0; turn < TURNS; turn++) {
      for (const way of WAYS) {
        const result = await measure(ways[way]);
        results.set(way, better(result, results.get(way) ?? result));
      }
    }
    return Object.fromEntries(results) as TracingPrice["chainNs"];
  };
  const price: TracingPrice = {
    chainNs: await all(Math.min, (list) => chainNs(list, 10_000)),
    callsPerSecond: await all(Math.max, (list) => callsPerSecond(list, 3000)),
  };
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(price)));
}

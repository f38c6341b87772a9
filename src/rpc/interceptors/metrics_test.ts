import { assert, assertEquals, assertRejects } from "@std/assert";
import { CATALOGUE } from "../../metrics/catalogue.ts";
import { DebuggingRecorder, type DebugMetric, findMetric } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { CallLog } from "../../testing/call_log.ts";
import { HELLO } from "../../testing/outcomes.ts";
import { testWith } from "../../testing/permissions.ts";
import { message, rawPeer } from "../../testing/raw_call.ts";
import { stream, talker, texts, withTalker } from "../../testing/talker.ts";
import { RpcError } from "../status.ts";
import { rpcMetrics, type RpcMetricsOptions } from "./metrics.ts";

const METHODS = Object.values(talker.methods);
const SAY = { "grpc_type": "unary", "grpc_service": "test.Talker", "grpc_method": "say" };
const CHAT = { "grpc_type": "bidi_stream", "grpc_service": "test.Talker", "grpc_method": "chat" };
const UNKNOWN = { "grpc_type": "unary", "grpc_service": "unknown", "grpc_method": "unknown" };

/** Metrics on a recorder of their own. */
function recorded(options: RpcMetricsOptions = {}) {
  const recorder = new DebuggingRecorder();
  return { recorder, metrics: withRecorder(recorder, () => rpcMetrics(METHODS, options)) };
}

/** The series that are not at zero, and those of histograms by how many values they have. */
function moved(metrics: readonly DebugMetric[]): Record<string, number> {
  return Object.fromEntries(
    metrics.map((metric) => {
      const labels = Object.values(metric.labels).join(" ");
      const value = metric.kind === "histogram" ? metric.values.length : Number(metric.value);
      return [`${metric.name} ${labels}`, value] as const;
    }).filter(([, value]) => value !== 0),
  );
}

Deno.test("rpcMetrics() shows every series from the start, at zero", () => {
  for (const side of ["server", "client"] as const) {
    const { recorder } = recorded({ side });
    const metrics = recorder.snapshot();
    assertEquals(moved(metrics), {});
    const isServer = side === "server";
    assertEquals(metrics.length, isServer ? 5 * 27 : 4 * 26);
    const names = CATALOGUE.map(({ name }) => name)
      .filter((name) =>
        new RegExp(`^grpc_${side}_(started|handled|handling|in_flight|msg)`).test(name)
      );
    assertEquals(
      new Set(metrics.map(({ name }) => name)),
      new Set([...names, ...isServer ? ["grpc_server_handler_failures_total"] : []]),
    );
  }
});

Deno.test("rpcMetrics() uses exactly the labels of the catalogue", () => {
  const { recorder } = recorded();
  for (const { name, labels } of recorder.snapshot()) {
    const entry = CATALOGUE.find((entry) => entry.name === name);
    assertEquals(Object.keys(labels), [...entry?.labels ?? []], name);
  }
});

testWith(["net", "env"], "rpcMetrics() measures calls on both sides", async () => {
  const server = recorded();
  const client = recorded({ side: "client" });
  const log = new CallLog();
  await withTalker({
    say: ({ text }) => ({ text: text + text }),
    async *chat(requests) {
      for await (const request of requests) yield* [request, request];
    },
  }, async (talking) => {
    await talking.client.methods.say({ text: "hello" });
    await texts(talking.client.methods.chat(stream("a", "b")));
    await log.finished();
    await log.finished();
  }, {
    interceptors: [server.metrics, log],
    client: { interceptors: [client.metrics] },
  });
  const calls = (side: string, read: string, wrote: string) => ({
    [`grpc_${side}_started_total unary test.Talker say`]: 1,
    [`grpc_${side}_started_total bidi_stream test.Talker chat`]: 1,
    [`grpc_${side}_handled_total unary test.Talker say OK`]: 1,
    [`grpc_${side}_handled_total bidi_stream test.Talker chat OK`]: 1,
    [`grpc_${side}_handling_seconds unary test.Talker say ok`]: 1,
    [`grpc_${side}_handling_seconds bidi_stream test.Talker chat ok`]: 1,
    [`grpc_${side}_msg_${read}_total unary test.Talker say`]: 1,
    [`grpc_${side}_msg_${read}_bytes unary test.Talker say`]: 1,
    [`grpc_${side}_msg_${read}_total bidi_stream test.Talker chat`]: 2,
    [`grpc_${side}_msg_${read}_bytes bidi_stream test.Talker chat`]: 2,
    [`grpc_${side}_msg_${wrote}_total unary test.Talker say`]: 1,
    [`grpc_${side}_msg_${wrote}_bytes unary test.Talker say`]: 1,
    [`grpc_${side}_msg_${wrote}_total bidi_stream test.Talker chat`]: 4,
    [`grpc_${side}_msg_${wrote}_bytes bidi_stream test.Talker chat`]: 4,
  });
  const onServer = server.recorder.snapshot();
  assertEquals(sorted(moved(onServer)), sorted(calls("server", "received", "sent")));
  const bytes = (name: string) => findMetric(onServer, "histogram", name, SAY).values;
  assertEquals(bytes("grpc_server_msg_received_bytes"), [7]);
  assertEquals(bytes("grpc_server_msg_sent_bytes"), [12]);
  const [seconds = -1] = findMetric(onServer, "histogram", "grpc_server_handling_seconds", {
    ...SAY,
    outcome: "ok",
  }).values;
  assert(seconds > 0 && seconds < 5, `in seconds: ${seconds}`);

  const onClient = client.recorder.snapshot();
  const count = (name: string) => findMetric(onClient, "counter", name, CHAT).value;
  assertEquals(count("grpc_client_msg_sent_total"), 2);
  assertEquals(count("grpc_client_msg_received_total"), 4);
  assertEquals(findMetric(onClient, "gauge", "grpc_client_in_flight", CHAT).value, 0);
});

testWith(
  ["net", "env"],
  "rpcMetrics() counts a call by the code that the peer saw, and its outcome",
  async () => {
    const { recorder, metrics } = recorded();
    const log = new CallLog();
    await withTalker({
      say: ({ text }) => {
        throw new RpcError(text === "client" ? "NOT_FOUND" : "UNAVAILABLE", "");
      },
    }, async ({ client }) => {
      for (const text of ["client", "server"]) {
        await assertRejects(() => client.methods.say({ text }), RpcError);
        await log.finished();
      }
    }, { interceptors: [metrics, log] });
    const seen = moved(recorder.snapshot());
    assertEquals(seen["grpc_server_handled_total unary test.Talker say NOT_FOUND"], 1);
    assertEquals(seen["grpc_server_handling_seconds unary test.Talker say client_error"], 1);
    assertEquals(seen["grpc_server_handled_total unary test.Talker say UNAVAILABLE"], 1);
    assertEquals(seen["grpc_server_handling_seconds unary test.Talker say server_error"], 1);
  },
);

testWith(["net", "env"], "rpcMetrics() shows how many calls are in flight", async () => {
  const { recorder, metrics } = recorded();
  const log = new CallLog();
  const running = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const inFlight = () =>
    findMetric(recorder.snapshot(), "gauge", "grpc_server_in_flight", SAY).value;
  await withTalker({
    async say(request) {
      running.resolve();
      await finish.promise;
      return request;
    },
  }, async ({ client }) => {
    const call = client.methods.say({ text: "" });
    await running.promise;
    assertEquals(inFlight(), 1);
    finish.resolve();
    await call;
    await log.finished();
    // A snapshot sets gauges to zero, so that the end of the one call shows as minus one.
    assertEquals(inFlight(), -1);
  }, { interceptors: [metrics, log] });
});

testWith(
  ["net", "env"],
  "rpcMetrics() keeps one set of series for all paths that nobody serves",
  async () => {
    const { recorder, metrics } = recorded();
    const series = recorder.snapshot().length;
    const log = new CallLog();
    await withTalker({}, async ({ port }) => {
      await using peer = rawPeer(port);
      for (let i = 0; i < 20; i++) {
        await peer.call({ path: `/made.up/${i}`, body: [message(HELLO)] }).status;
        await log.finished();
      }
    }, { interceptors: [metrics, log] });
    const after = recorder.snapshot();
    assertEquals(after.length, series);
    assertEquals(
      findMetric(after, "counter", "grpc_server_handled_total", {
        ...UNKNOWN,
        "grpc_code": "UNIMPLEMENTED",
      }).value,
      20,
    );
  },
);

testWith(
  ["net", "env"],
  "rpcMetrics() does not measure methods that it was not given",
  async () => {
    const recorder = new DebuggingRecorder();
    const log = new CallLog();
    const none = withRecorder(recorder, () => rpcMetrics([]));
    await withTalker({}, async ({ client }) => {
      await client.methods.say({ text: "" });
      await log.finished();
    }, { interceptors: [none, log] });
    assertEquals(moved(recorder.snapshot()), {});
  },
);

function sorted(record: Record<string, number>): [string, number][] {
  return Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1);
}

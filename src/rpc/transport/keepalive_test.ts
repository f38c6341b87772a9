/** Pings of the server, which show that a client is there, and those of clients. */
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { frame, HEADERS } from "../../testing/http2.ts";
import { ACK, connectHttp2, emptyCall, type Frame, PING } from "../../testing/http2_connection.ts";
import { testWith } from "../../testing/permissions.ts";
import { talker, type Talking, withTalker } from "../../testing/talker.ts";
import type { RpcClientOptions } from "../client.ts";
import type { ConnectionLimits } from "../connection_limits.ts";
import { rpcMetrics } from "../interceptors/metrics.ts";
import { RpcError } from "../status.ts";
import { type Counts, countsOf } from "./load_fixture.ts";

const NEEDS = ["net", "env"] as const;
const SAY = "/test.Talker/say";
const isPing = ({ type, flags }: Frame) => type === PING && flags !== ACK;

/** A call that has begun, and what ends it. */
interface Running {
  readonly signal: AbortSignal;
  answer(): void;
}

/** Runs `body` with a server whose calls last until it ends them, and returns what was counted. */
async function withLongCalls(
  connections: ConnectionLimits,
  client: Partial<RpcClientOptions>,
  body: (talking: Talking, begun: Promise<Running>) => Promise<void>,
): Promise<Counts> {
  const recorder = new DebuggingRecorder();
  const { promise: begun, resolve: begin } = Promise.withResolvers<Running>();
  const say = (_: unknown, { signal }: { readonly signal: AbortSignal }) =>
    new Promise<{ text: string }>((resolve) =>
      begin({ signal, answer: () => resolve({ text: "at last" }) })
    );
  await withRecorder(recorder, () =>
    withTalker({ say }, (talking) => body(talking, begun), {
      transport: "native",
      connections,
      interceptors: [rpcMetrics(Object.values(talker.methods))],
      client,
    }));
  return countsOf(recorder);
}

testWith(
  NEEDS,
  "listenNative() ends the calls of a client that answers no ping, and counts both",
  async () => {
    const limits = { keepaliveTimeMs: 10, keepaliveTimeoutMs: 10 };
    const counts = await withLongCalls(limits, {}, async ({ port }, begun) => {
      using connection = await connectHttp2(port);
      await connection.send(emptyCall(1, SAY));
      const { signal } = await begun;
      assertEquals(await connection.next(({ type }) => type === HEADERS), undefined, "it closes");
      if (!signal.aborted) {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      }
    });
    assertEquals(counts, { "server started": 1, "server CANCELLED": 1, "failed socket": 1 });
  },
);

testWith(
  NEEDS,
  "listenNative() keeps the calls of a client that answers pings, however long they last",
  async () => {
    const limits = { keepaliveTimeMs: 5, keepaliveTimeoutMs: 10_000 };
    const counts = await withLongCalls(limits, {}, async ({ port }, begun) => {
      using connection = await connectHttp2(port);
      await connection.send(emptyCall(1, SAY));
      const { answer } = await begun;
      for (let pings = 0; pings < 20; pings++) {
        const { payload = [] } = await connection.next(isPing) ?? {};
        await connection.send(frame(PING, ACK, 0, [...payload]));
      }
      answer();
      assertEquals((await connection.next(({ type }) => type === HEADERS))?.stream, 1);
    });
    assertEquals(counts, { "server started": 1, "server OK": 1 });
  },
);

testWith(
  NEEDS,
  "listenNative() keeps the calls of grpc-js, which answers pings",
  async () => {
    const limits = { keepaliveTimeMs: 5, keepaliveTimeoutMs: 10_000 };
    const counts = await withLongCalls(limits, {}, async ({ client, port }, begun) => {
      const call = client.methods.say({ text: "" });
      const { answer } = await begun;
      // As long as it takes to ping another client as often.
      using other = await connectHttp2(port);
      for (let pings = 0; pings < 20; pings++) {
        const { payload = [] } = await other.next(isPing) ?? {};
        await other.send(frame(PING, ACK, 0, [...payload]));
      }
      answer();
      assertEquals(await call, { text: "at last" });
    });
    assertEquals(counts, { "server started": 1, "server OK": 1 });
  },
);

testWith(
  NEEDS,
  "listenNative() welcomes the keepalive of grpc-js while a call is silent",
  async () => {
    const limits = { minPingIntervalMs: 20 };
    const counts = await withLongCalls(
      limits,
      { keepalive: { timeMs: 40 } },
      async ({ client }, begun) => {
        const call = client.methods.say({ text: "" });
        const { answer } = await begun;
        await new Promise((resolve) => setTimeout(resolve, 400));
        answer();
        assertEquals(await call, { text: "at last" });
      },
    );
    assertEquals(counts, { "server started": 1, "server OK": 1 });
  },
);

testWith(
  NEEDS,
  "listenNative() ends connections of a grpc-js that pings too often, and counts them",
  async () => {
    const counts = await withLongCalls({}, { keepalive: { timeMs: 5 } }, async ({ client }) => {
      const { code } = await assertRejects(() => client.methods.say({ text: "" }), RpcError);
      assertEquals(code, "RESOURCE_EXHAUSTED");
    });
    assertGreater(counts["refused pings"], 0);
    assertEquals([counts["server started"], counts["server CANCELLED"]], [1, 1]);
  },
);

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DebuggingRecorder, findMetric } from "../metrics/debugging.ts";
import { withRecorder } from "../metrics/mod.ts";
import { withGreeter } from "../testing/greeter.ts";
import { frame, GOAWAY, HEADERS, SETTINGS } from "../testing/http2.ts";
import {
  ACK,
  connectHttp2,
  emptyCall,
  type Frame,
  type Http2Connection,
  PING,
} from "../testing/http2_connection.ts";
import { testWith } from "../testing/permissions.ts";
import { type ConnectionLimits, connectionLimits } from "./connection_limits.ts";

const NEEDS = ["net", "env"] as const;
const GREET = "/test.Greeter/greet";
const END_STREAM = 1;

const isGoaway = ({ type }: Frame) => type === GOAWAY;
const isPing = ({ type, flags }: Frame) => type === PING && flags !== ACK;
const isPingAnswer = ({ type, flags }: Frame) => type === PING && flags === ACK;
const nothing = () => false;
const ping = () => frame(PING, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);

/** Runs `body` with a bare connection to a server that has `limits`. */
function withConnection(
  limits: ConnectionLimits,
  body: (connection: Http2Connection) => Promise<void>,
  greet: () => Promise<{ text: string }> = () => Promise.resolve({ text: "" }),
): Promise<void> {
  return withGreeter(greet, async ({ server }) => {
    using connection = await connectHttp2(server.address.port);
    await body(connection);
  }, { connections: limits });
}

/** The value of setting `id` in the server's SETTINGS. */
function setting({ payload }: Frame, id: number): number | undefined {
  const view = new DataView(payload.buffer);
  for (let at = 0; at < payload.length; at += 6) {
    if (view.getUint16(at) === id) return view.getUint32(at + 2);
  }
  return undefined;
}

testWith(
  NEEDS,
  "serveRpc() tells a connection to go when it has its maxAgeMs",
  () =>
    withConnection({ maxAgeMs: 20 }, async (connection) => {
      const { payload } = await connection.next(isGoaway) ?? {};
      assertEquals(new TextDecoder().decode(payload?.slice(8)), "max_age");
      assertEquals(await connection.next(nothing), undefined, "it closes");
    }),
);

testWith(
  NEEDS,
  "serveRpc() cuts calls that run maxAgeGraceMs after the connection's age",
  () =>
    withConnection({ maxAgeMs: 20, maxAgeGraceMs: 20 }, async (connection) => {
      await connection.send(emptyCall(1, GREET));
      await connection.next(isGoaway);
      assertEquals(await connection.next(nothing), undefined, "it closes");
    }, () => new Promise(() => {})),
);

testWith(
  NEEDS,
  "serveRpc() tells a connection to go when it had no call for maxIdleMs",
  () =>
    withConnection({ maxIdleMs: 20 }, async (connection) => {
      await connection.next(isGoaway);
      assertEquals(await connection.next(nothing), undefined, "it closes");
    }),
);

testWith(
  NEEDS,
  "serveRpc() cuts a connection whose client does not answer a ping",
  () =>
    withConnection({ keepaliveTimeMs: 10, keepaliveTimeoutMs: 10 }, async (connection) => {
      await connection.next(isPing);
      assertEquals(await connection.next(isPing), undefined, "it closes");
    }),
);

testWith(
  NEEDS,
  "serveRpc() keeps a connection whose client answers pings",
  () =>
    withConnection({ keepaliveTimeMs: 10, keepaliveTimeoutMs: 5000 }, async (connection) => {
      for (let i = 0; i < 3; i++) {
        const { payload = [] } = await connection.next(isPing) ?? {};
        await connection.send(frame(PING, ACK, 0, [...payload]));
      }
    }),
);

testWith(NEEDS, "serveRpc() tells clients how many calls a connection may run", async () => {
  const MAX_CONCURRENT_STREAMS = 3;
  for (const [given, announced] of [[7, 7], [undefined, 1000], [Infinity, undefined]]) {
    const limits = given === undefined ? {} : { maxConcurrentStreams: given };
    await withConnection(limits, async (connection) => {
      const settings = await connection.next(({ type }) => type === SETTINGS);
      assertEquals(settings && setting(settings, MAX_CONCURRENT_STREAMS), announced);
    });
  }
});

testWith(NEEDS, "serveRpc() ends a connection that pings too often, and counts it", async () => {
  const recorder = new DebuggingRecorder();
  await withRecorder(recorder, () =>
    withConnection({}, async (connection) => {
      await connection.send(ping(), ping(), ping());
      for (let i = 0; i < 3; i++) await connection.next(isPingAnswer);
      await connection.send(ping());
      const { payload = new Uint8Array() } = await connection.next(isGoaway) ?? {};
      const [, , , , , , , code] = payload;
      assertEquals([code, new TextDecoder().decode(payload.slice(8))], [11, "too_many_pings"]);
      assertEquals(await connection.next(nothing), undefined, "it closes");
    }));
  const counted = findMetric(recorder.snapshot(), "counter", "grpc_server_refused_total", {
    reason: "pings",
  });
  assertEquals(counted.value, 1);
});

testWith(
  NEEDS,
  "serveRpc() welcomes pings while it sends replies",
  () =>
    withConnection({}, async (connection) => {
      for (let stream = 1; stream < 20; stream += 2) {
        await connection.send(emptyCall(stream, GREET));
        await connection.next(({ type, flags }) => type === HEADERS && (flags & END_STREAM) !== 0);
        await connection.send(ping());
        assertEquals((await connection.next(isPingAnswer))?.type, PING);
      }
    }),
);

testWith(
  NEEDS,
  "serveRpc() welcomes pings that are minPingIntervalMs apart",
  () =>
    withConnection({ minPingIntervalMs: 1 }, async (connection) => {
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        await connection.send(ping());
        assertEquals((await connection.next(isPingAnswer))?.type, PING);
      }
    }),
);

testWith(
  NEEDS,
  "serveRpc() rejects when a limit of connections is out of range",
  async () => {
    await assertRejects(
      () => withConnection({ maxAgeMs: 0 }, () => Promise.resolve()),
      RangeError,
      "Cannot use 'maxAgeMs': it must be an integer from 1 to 1000000000, current value is 0",
    );
  },
);

Deno.test("connectionLimits() takes Infinity for no limit", () => {
  assertEquals(connectionLimits({ keepaliveTimeMs: Infinity }).keepaliveTimeMs, Infinity);
  assertThrows(() => connectionLimits({ maxIdleMs: NaN }), RangeError);
});

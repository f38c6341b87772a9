import { assertEquals, assertRejects } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { frame, SETTINGS } from "../../testing/http2.ts";
import { connectHttp2, emptyCall, type Http2Connection } from "../../testing/http2_connection.ts";
import { testWith } from "../../testing/permissions.ts";
import { message, rawPeer } from "../../testing/raw_call.ts";
import { withTalker } from "../../testing/talker.ts";
import { NATIVE_LIMITS, type NativeLimits, nativeLimits } from "./limits.ts";

const NEEDS = ["net", "env"] as const;
const SAY = "/test.Talker/say";
const PRIORITY = 2;
const WINDOW_UPDATE = 8;
const KIB = 1024;
const MIB = 1024 * KIB;

/** Runs `body` with a server that has `limits` and answers with 40 KiB. */
function withServer(limits: NativeLimits, body: (port: number) => Promise<void>): Promise<void> {
  const reply = { text: "x".repeat(40 * KIB) };
  return withTalker({ say: () => reply }, ({ port }) => body(port), {
    transport: "native",
    transportLimits: limits,
  });
}

/** How often each limit has refused something; those that have not are there too. */
function refusals(recorder: DebuggingRecorder): Record<string, number> {
  const counters = recorder.snapshot().filter(({ name }) => name === "grpc_server_refused_total");
  return Object.fromEntries(
    counters.map((one) => [one.labels["reason"] ?? "", "value" in one ? Number(one.value) : NaN]),
  );
}

/** The connection ends. */
async function ends(connection: Http2Connection): Promise<void> {
  assertEquals(await connection.next(() => false), undefined);
}

/** What goes over each limit, and what is told then. */
const EXCESSES: Readonly<
  Record<string, readonly [NativeLimits, exceed: (port: number) => Promise<unknown>, told: unknown]>
> = {
  headers: [
    { maxHeaderListBytes: KIB },
    async (port) => {
      await using peer = rawPeer(port);
      return await peer.call({ path: SAY, headers: { "x-large": "x".repeat(KIB) } }).status;
    },
    "HTTP 431",
  ],
  requests: [
    { maxRequestMemoryBytes: MIB, streamWindowBytes: 2 * MIB },
    async (port) => {
      await using peer = rawPeer(port);
      const unfinished = message(new Uint8Array(2 * MIB)).subarray(0, 2 * MIB);
      return await peer.call({ path: SAY, body: [unfinished], end: false }).status;
    },
    "RESOURCE_EXHAUSTED",
  ],
  replies: [
    { maxReplyMemoryBytes: 64 * KIB },
    async (port) => {
      using connection = await connectHttp2(port);
      const noWindow = frame(SETTINGS, 0, 0, [0, 4, 0, 0, 0, 0]);
      await connection.send(noWindow, emptyCall(1, SAY), emptyCall(3, SAY));
      const reset = await connection.next(({ type }) => type === 3);
      return [reset?.stream, ...reset?.payload ?? []];
    },
    [3, 0, 0, 0, 11],
  ],
  frames: [
    { maxBurst: 10, maxBurstPerSecond: 1 },
    async (port) => {
      using connection = await connectHttp2(port);
      const useless = frame(PRIORITY, 0, 1, [0, 0, 0, 3, 1]);
      await connection.send(...Array.from({ length: 15 }, () => useless));
      await ends(connection);
    },
    undefined,
  ],
};
for (const [reason, [limits, exceed, told]] of Object.entries(EXCESSES)) {
  const names = Object.keys(limits).join(" and ");
  testWith(NEEDS, `serveRpc() keeps to ${names}, and counts what it refuses for it`, async () => {
    const recorder = new DebuggingRecorder();
    await withRecorder(recorder, () =>
      withServer(limits, async (port) => {
        assertEquals(await exceed(port), told);
      }));
    const none = { streams: 0, headers: 0, frames: 0, resets: 0, pings: 0, replies: 0 };
    assertEquals(refusals(recorder), { ...none, requests: 0, [reason]: 1 });
  });
}

testWith(
  NEEDS,
  "serveRpc() tells clients of maxHeaderListBytes, streamWindowBytes and connectionWindowBytes",
  () =>
    withServer(
      { maxHeaderListBytes: 5000, streamWindowBytes: 70_000, connectionWindowBytes: 100_000 },
      async (port) => {
        using connection = await connectHttp2(port);
        const { payload } = await connection.next(({ type }) => type === SETTINGS) ?? {};
        const view = new DataView(payload?.buffer ?? new ArrayBuffer());
        const settings = Array.from({ length: view.byteLength / 6 }, (_, i) => [
          view.getUint16(i * 6),
          view.getUint32(i * 6 + 2),
        ]);
        assertEquals(settings, [[3, 1000], [4, 70_000], [6, 5000]]);
        const update = await connection.next(({ type }) => type === WINDOW_UPDATE);
        assertEquals(new DataView(update?.payload.buffer ?? view.buffer).getUint32(0), 34_465);
      },
    ),
);

testWith(
  NEEDS,
  "serveRpc() ends a connection that does not begin within greetingTimeoutMs",
  () =>
    withServer({ greetingTimeoutMs: 10 }, async (port) => {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const bytes = new Uint8Array(1000);
      let read: number | null = 0;
      while (read !== null) read = await connection.read(bytes).catch(() => null);
    }),
);

for (const [name, [, from, to]] of Object.entries(NATIVE_LIMITS)) {
  for (const found of [from - 1, to + 1, NaN]) {
    testWith(NEEDS, `serveRpc() rejects when ${name} is ${found}`, async () => {
      await assertRejects(
        () => withServer({ [name]: found }, () => Promise.resolve()),
        RangeError,
        `Cannot use '${name}': it must be an integer from ${from} to ${to}, current value is ${found}`,
      );
    });
  }
}

Deno.test("nativeLimits() has a default for each limit, and takes both ends of its range", () => {
  const all = Object.entries(NATIVE_LIMITS);
  assertEquals(
    nativeLimits(),
    Object.fromEntries(all.map(([name, [byDefault]]) => [name, byDefault])),
  );
  for (const end of [1, 2] as const) {
    const limits = Object.fromEntries(all.map(([name, range]) => [name, range[end]]));
    assertEquals(nativeLimits(limits), limits);
  }
});

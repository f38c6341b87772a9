/** Connections that end while they are used: for their age, or because they seemed to idle. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { testAuthority } from "../../testing/certificates.ts";
import { frame, GOAWAY, HEADERS } from "../../testing/http2.ts";
import { ACK, connectHttp2, emptyCall, PING } from "../../testing/http2_connection.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { talker, withTalker } from "../../testing/talker.ts";
import type { RpcClientOptions } from "../client.ts";
import type { Interceptor } from "../interceptor.ts";
import { rpcMetrics } from "../interceptors/metrics.ts";
import type { RpcServerOptions } from "../server.ts";
import { RpcError } from "../status.ts";
import { countCalls, countsOf, serveLoad, startLoad } from "./load_fixture.ts";

const NEEDS = ["net", "env"] as const;
const END_STREAM = 1;

/** Counts the connections that calls came on. */
class Peers implements Interceptor {
  readonly #seen = new Set<string>();
  readonly #wanted: number;
  readonly #enough = Promise.withResolvers<void>();

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /** Resolves when there were as many as wanted. */
  get enough(): Promise<void> {
    return this.#enough.promise;
  }

  started({ peer }: { readonly peer: string }): undefined {
    this.#seen.add(peer);
    if (this.#seen.size >= this.#wanted) this.#enough.resolve();
  }
}

/** Calls a server whose connections grow old fast, until every client has had several. */
async function outlive(
  server: Partial<RpcServerOptions>,
  tls?: RpcClientOptions["tls"],
): Promise<void> {
  const clients = 4;
  const counts = await countCalls(async () => {
    const peers = new Peers(clients * 5);
    const { address, close } = await serveLoad(
      0,
      { ...server, connections: { maxAgeMs: 200 } },
      peers,
    );
    const load = startLoad({ target: `127.0.0.1:${address.port}`, tls }, { clients });
    await peers.enough;
    assertEquals(await load.stop(), []);
    await close(1000);
  });
  assertEquals(counts["server OK"], counts["client started"]);
  assertEquals(Object.keys(counts).length, 4, "nothing but OK");
}

testWith(
  NEEDS,
  "listenNative() loses no call when connections under load reach their age",
  () => outlive({}),
);

testWithProgram(
  "openssl",
  "listenNative() loses no call when connections with TLS under load reach their age",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const tls = await authority.issue("server");
    await outlive({ tls }, { caFile: authority.caFile, serverName: "localhost" });
  },
);

/** Makes a call on a connection that has rested for `pauseMs`, again and again until it is told to go. */
async function callNowAndThen(port: number, pauseMs: () => number): Promise<void> {
  using connection = await connectHttp2(port);
  let isTold = false;
  for (let stream = 1; !isTold; stream += 2) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs()));
    await connection.send(emptyCall(stream, "/test.Talker/say"));
    for (let isAnswered = false; !isAnswered;) {
      const next = await connection.next(() => true);
      assert(next !== undefined, "a call was lost");
      const { type, flags, payload } = next;
      if (type === GOAWAY) isTold = true;
      if (type === PING) await connection.send(frame(PING, ACK, 0, [...payload]));
      isAnswered = type === HEADERS && (flags & END_STREAM) !== 0;
    }
  }
}

testWith(
  NEEDS,
  "listenNative() loses no call that comes when its connection has idled too long",
  async () => {
    const maxIdleMs = 10;
    const { address, close } = await serveLoad(0, { connections: { maxIdleMs } });
    const pauseMs = () => maxIdleMs + Math.random() * 2 - 1;
    await Promise.all(Array.from({ length: 5 }, async () => {
      for (let round = 0; round < 8; round++) await callNowAndThen(address.port, pauseMs);
    }));
    assertEquals(await close(1000), { cut: false });
  },
);

testWith(
  NEEDS,
  "listenNative() cuts a call that outlives its connection's age and grace, and counts it",
  async () => {
    const recorder = new DebuggingRecorder();
    await withRecorder(recorder, async () => {
      const aborted = Promise.withResolvers<unknown>();
      await withTalker({
        say: (_, { signal }) => {
          signal.addEventListener("abort", () => aborted.resolve(signal.reason));
          return new Promise(() => {});
        },
      }, async ({ client }) => {
        const error = await assertRejects(() => client.methods.say({ text: "" }), RpcError);
        assertEquals(error.code, "UNAVAILABLE");
        assertEquals((await aborted.promise as RpcError).code, "CANCELLED");
      }, {
        transport: "native",
        connections: { maxAgeMs: 20, maxAgeGraceMs: 20 },
        interceptors: [rpcMetrics(Object.values(talker.methods))],
      });
    });
    assertEquals(countsOf(recorder), {
      "server started": 1,
      "server CANCELLED": 1,
      "failed socket": 1,
    });
  },
);

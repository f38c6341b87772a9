/** Servers that close while they are called. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { readFile } from "node:fs/promises";
import { frame, GOAWAY, HEADERS } from "../../testing/http2.ts";
import {
  ACK,
  connectHttp2,
  DATA,
  emptyCall,
  type Frame,
  PING,
} from "../../testing/http2_connection.ts";
import { testAuthority } from "../../testing/certificates.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import type { Interceptor } from "../interceptor.ts";
import type { ClientTlsOptions } from "../tls/credentials.ts";
import type { RpcServerOptions } from "../server.ts";
import {
  countCalls,
  type Counts,
  NEVER_SENT,
  roll,
  serveLoad,
  startLoad,
  TALKER_PROTO,
} from "./load_fixture.ts";

const NEEDS = ["net", "env"] as const;
const SAY = "/test.Talker/say";
const END_STREAM = 1;
const RST_STREAM = 3;
const ROUNDS = 10;

/** What a connection had when it was over. */
interface Told {
  /** The last streams of the GOAWAY frames. */
  readonly lasts: number[];
  readonly answered: number[];
  readonly refused: number[];
}

/** Calls on one connection, 20 at a time, until it is told to go; `onAnswer` hears how many were answered. */
async function callUntilTold(port: number, onAnswer: (calls: number) => void): Promise<Told> {
  using connection = await connectHttp2(port);
  const told: Told = { lasts: [], answered: [], refused: [] };
  let stream = 1;

  async function call(): Promise<void> {
    await connection.send(emptyCall(stream, SAY));
    stream += 2;
  }

  async function take({ type, flags, stream, payload }: Frame): Promise<void> {
    if (type === GOAWAY) told.lasts.push(new DataView(payload.buffer).getUint32(0));
    if (type === RST_STREAM) told.refused.push(stream);
    if (type === PING) await connection.send(frame(PING, ACK, 0, [...payload]));
    if (type !== HEADERS && type !== DATA || (flags & END_STREAM) === 0) return;
    told.answered.push(stream);
    onAnswer(told.answered.length);
    if (told.lasts.length === 0) await call();
  }

  for (let i = 0; i < 20; i++) await call();
  for (;;) {
    const next = await connection.next(() => true);
    if (next === undefined) return told;
    await take(next);
  }
}

testWith(
  NEEDS,
  "listenNative() refuses no call that was under way when it closed (RFC 9113, section 6.8)",
  async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const server = await serveLoad(0);
      const busy = Promise.withResolvers<void>();
      const calling = callUntilTold(server.address.port, (calls) => {
        if (calls > 30 + 3 * round) busy.resolve();
      });
      await busy.promise;
      assertEquals(await server.close(10_000), { cut: false });
      const { lasts: [first, last], answered, refused } = await calling;
      assertEquals([first, refused], [2 ** 31 - 1, []]);
      assertEquals([answered.length, Math.max(...answered)], [((last ?? 0) + 1) / 2, last]);
    }
  },
);

/** Asserts that all calls were answered with OK, on both sides; or where the client is foreign, on one. */
function assertAllOk(counts: Counts, clientOk = counts["client OK"] ?? 0): void {
  const { "server started": started, "server OK": ok, ...others } = counts;
  assertEquals([started, ok], [clientOk, clientOk]);
  assertEquals(Object.keys(others).filter((key) => key.startsWith("server")), []);
  assertGreater(clientOk, 100);
}

/** Closes two servers in turns under load, and starts each again in its place. */
async function rollTwo(
  server: Partial<RpcServerOptions>,
  tls?: ClientTlsOptions,
): Promise<void> {
  const start = (port: number) => serveLoad(port, server);
  const counts = await countCalls(async () => {
    let [a, b] = [await start(0), await start(0)];
    const target = `ipv4:${[a, b].map(({ address }) => `127.0.0.1:${address.port}`).join(",")}`;
    const loads = [
      startLoad({ target, tls }, { clients: 2 }),
      startLoad({ target, tls, loadBalancing: "round_robin" }, { clients: 2 }),
    ];
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(loads.map((load) => load.more(20 + 7 * round)));
      [a, b] = [b, await roll(a, start)];
    }
    for (const load of loads) assertEquals(await load.stop(), []);
    for (const server of [a, b]) await server.close(1000);
  });
  assertAllOk(counts);
}

testWith(
  NEEDS,
  "listenNative() loses no call while servers are rolled",
  () => rollTwo({}),
);

testWithProgram(
  "openssl",
  "listenNative() loses no call while servers with TLS are rolled",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    await rollTwo({ tls: await authority.issue("server") }, {
      caFile: authority.caFile,
      serverName: "localhost",
    });
  },
);

testWithProgram(
  "openssl",
  "listenNative() tells connections to go whose handshake ends after it has closed",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const caCerts = [await readFile(authority.caFile, "utf8")];
    const server = await serveLoad(0, { tls: await authority.issue("server") });
    const { hostname, port } = server.address;
    const alpnProtocols = ["h2"];
    const slow = await Deno.connect({ hostname, port });
    // Connections are accepted in turn: when this one has its handshake, the first is accepted.
    using other = await Deno.connectTls({ hostname, port, caCerts, alpnProtocols });
    await other.handshake();
    const closed = server.close(60_000);
    using late = await Deno.startTls(slow, { hostname, caCerts, alpnProtocols });
    await late.handshake();
    const preface = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    await late.write(Uint8Array.of(...preface, ...frame(4, 0, 0, [])));
    let text = "";
    const buffer = new Uint8Array(1024);
    while (!text.includes("graceful_stop")) {
      const count = await late.read(buffer);
      assert(count !== null, "it closes without a word");
      text += new TextDecoder("latin1").decode(buffer.subarray(0, count));
    }
    late.close();
    other.close();
    assertEquals(await closed, { cut: false });
  },
);

/** Runs `body` with the .proto that programs need who call a server of {@linkcode serveLoad}. */
async function withProto(body: (file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".proto" });
  try {
    await Deno.writeTextFile(file, TALKER_PROTO);
    await body(file);
  } finally {
    await Deno.remove(file);
  }
}

async function output(program: string, args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}

/** Runs `program` until it ends, and rolls the server that it calls whenever that had 500 calls more. */
async function rollUnder(
  run: (port: number) => Promise<string>,
): Promise<{ counts: Counts; said: string }> {
  let said = "";
  const counts = await countCalls(async () => {
    let enough = Promise.withResolvers<void>();
    let calls = 0;
    const counter: Interceptor = {
      started: () => void (++calls % 500 === 0 && enough.resolve()),
    };
    const start = (port: number) => serveLoad(port, {}, counter);
    let server = await start(0);
    let going = true;
    const running = run(server.address.port).then((text) => {
      said = text;
      going = false;
      enough.resolve();
    });
    while (going) {
      await enough.promise;
      enough = Promise.withResolvers();
      if (going) server = await roll(server, start);
    }
    await running;
    await server.close(1000);
  });
  return { counts, said };
}

for (const method of ["say", "repeat"]) {
  testWithProgram(
    "ghz",
    `listenNative() loses no call of grpc-go while a server is rolled (${method})`,
    (ghz) =>
      withProto(async (proto) => {
        const { counts, said } = await rollUnder((port) =>
          output(ghz, [
            ...["--insecure", "--proto", proto, "--call", `test.Talker/${method}`],
            ...["-d", '{"text":"one two three"}', "-n", "4000", "-c", "20"],
            ...["--connections", "4", "-O", "json", `127.0.0.1:${port}`],
          ])
        );
        const { statusCodeDistribution, errorDistribution } = JSON.parse(said);
        // Between the end of one server and the next nobody listens.
        const errors = Object.keys(errorDistribution);
        assertEquals(errors.filter((error) => !NEVER_SENT.test(error)), []);
        assertAllOk(counts, statusCodeDistribution.OK);
      }),
  );
}

testWithProgram(
  "h2load",
  "listenNative() loses no call of nghttp2 when it closes",
  async (h2load) => {
    const body = await Deno.makeTempFile();
    try {
      await Deno.writeFile(body, new Uint8Array(5));
      const { counts, said } = await rollUnder((port) =>
        output(h2load, [
          ...["-n", "100000", "-c", "4", "-m", "25", "-d", body],
          ...["-H", "content-type: application/grpc", "-H", "te: trailers"],
          `http://127.0.0.1:${port}${SAY}`,
        ])
      );
      assertAllOk(counts, Number(/(\d+) succeeded/.exec(said)?.[1]));
    } finally {
      await Deno.remove(body);
    }
  },
);

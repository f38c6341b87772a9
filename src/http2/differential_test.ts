/** Header fields to and from nghttp2, by node:http2: what one writes the other must read. */
import { assertEquals } from "@std/assert";
import http2 from "node:http2";
import { SeededRandom } from "../testing/fuzz.ts";
import { testWith } from "../testing/permissions.ts";
import { guardHttp2 } from "../rpc/grpc_js/http2_guard.ts";
import { TestPeer } from "./connection_fixture.ts";
import { encodeFields } from "./hpack/encoder.ts";

/** Accepts one connection, and carries it until the client closes. */
async function serveOne(listener: Deno.TcpListener, peer: TestPeer): Promise<void> {
  using connection = await listener.accept();
  const flush = async () => {
    for (let bytes = peer.connection.take(); bytes; bytes = peer.connection.take()) {
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
      peer.connection.sent(bytes);
    }
  };
  await flush();
  const buffer = new Uint8Array(1000);
  for (;;) {
    const length = await connection.read(buffer).catch(() => null);
    if (length === null) break;
    peer.connection.receive(buffer, length);
    await flush().catch(() => {});
  }
  peer.connection.lost();
}

function randomFields(random: SeededRandom): Record<string, string> {
  const character = () => String.fromCharCode(33 + random.below(94));
  const text = (length: number) => Array.from({ length }, character).join("");
  const some = Array.from({ length: random.below(12) }, () => {
    const name = `x-${random.pick(["a", "b", "c", "long-name-of-a-field"])}${random.below(30)}`;
    return [name, text(random.pick([0, 1, 5, 60, 300]))];
  });
  return {
    ...Object.fromEntries(some),
    ...random.below(2) === 0 ? { authorization: text(20) } : {},
    "content-type": random.pick(["application/grpc", "text/plain", text(9)]),
  };
}

for (const headerTableSize of [0, 100, 4096]) {
  testWith(
    ["net", "env"],
    `encodeFields() and HpackDecoder agree with nghttp2 (a table of ${headerTableSize} bytes)`,
    async () => {
      guardHttp2();
      const random = new SeededRandom(headerTableSize);
      let answer: Record<string, string> = {};
      const peer = new TestPeer({ maxHeaderListSize: 65_536, maxBurst: 10_000 }, ({ stream }) => {
        stream.end(encodeFields([":status", "200", ...Object.entries(answer).flat()]));
      });
      using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const serving = serveOne(listener, peer);
      const session = http2.connect(`http://127.0.0.1:${listener.addr.port}`, {
        settings: { headerTableSize },
      });
      for (let round = 0; round < 100; round++) {
        answer = randomFields(random);
        const asked = randomFields(random);
        // nghttp2 ends the connection where no update follows a table that became smaller.
        if (round === 50) session.settings({ headerTableSize: headerTableSize >> 1 });
        if (round === 75) session.settings({ headerTableSize });
        const stream = session.request({ ":path": "/x", ":method": "POST", ...asked });
        const headers = await new Promise<http2.IncomingHttpHeaders>((resolve, reject) => {
          stream.once("response", resolve).once("error", reject).end();
        });
        stream.resume();
        const fields = peer.requests.at(-1)?.stream.head.fields ?? [];
        const got = Array.from(
          { length: fields.length / 2 },
          (_, at) => fields.slice(2 * at, 2 * at + 2),
        );
        assertEquals(Object.fromEntries(got), asked, `asked in round ${round}`);
        const answered = Object.keys(answer).map((name) => [name, headers[name]]);
        assertEquals(Object.fromEntries(answered), answer, `answered in round ${round}`);
        await new Promise<void>((resolve) =>
          stream.closed ? resolve() : stream.once("close", resolve)
        );
      }
      const closed = new Promise<void>((resolve) => session.once("close", () => resolve()));
      session.close();
      await Promise.all([closed, serving]);
    },
  );
}

// deno-lint-ignore-file camelcase -- names of gRPC's test service
import { assertEquals } from "@std/assert";
import { gunzipSync, inflateSync } from "node:zlib";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { message, type RawPeer, rawPeer } from "../../testing/raw_call.ts";
import { connectRpc } from "../client.ts";
import type { Method } from "../method.ts";
import { serveTestService } from "./fixture.ts";
import { type OutputResponse, testService } from "./test_service.ts";
import { TRANSPORTS } from "./transports.ts";

const [yes, no] = [{ value: true }, { value: false }];
const DECOMPRESS = { gzip: gunzipSync, deflate: inflateSync };

/** What came of a call: its encoding, and of each message the flag and the size of the payload. */
interface Seen {
  readonly encoding: string | undefined;
  readonly messages: readonly (readonly [flag: number, size: number | undefined])[];
  readonly status: string;
}

/** Calls, and looks at the replies without a gRPC library, since those keep the flag to themselves. */
async function call(
  peer: RawPeer,
  name: "UnaryCall" | "StreamingOutputCall",
  request: object,
  accepted?: string,
): Promise<Seen> {
  const { path, request: { encode }, reply } = testService.methods[name] as Method;
  const headers = accepted === undefined ? {} : { "grpc-accept-encoding": accepted };
  const call = peer.call({ path, headers, body: [message(encode(request))] });
  const chunks: Uint8Array[] = [];
  let encoding: string | undefined;
  call.stream.on("response", (headers) => encoding = headers["grpc-encoding"] as string);
  call.stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const status = await call.status;
  const body = Buffer.concat(chunks);
  const messages: [number, number | undefined][] = [];
  for (let at = 0; at < body.length;) {
    const end = at + 5 + body.readUInt32BE(at + 1);
    const flag = body[at] ?? NaN;
    const bytes = body.subarray(at + 5, end);
    const whole = flag === 1 ? DECOMPRESS[encoding as "gzip" | "deflate"](bytes) : bytes;
    messages.push([flag, (reply.decode(whole) as OutputResponse).payload?.body.length]);
    at = end;
  }
  return { encoding, messages, status };
}

const streaming = {
  response_parameters: [{ compressed: yes, size: 31415 }, { compressed: no, size: 92653 }],
};

for (const [accepted, encoding] of [["identity,deflate,gzip", "gzip"], ["deflate", "deflate"]]) {
  testWith(
    ["net", "run", "read", "env"],
    `serveRpc() compresses replies as asked for a caller that takes ${accepted}`,
    async (t) => {
      await using served = await serveTestService("native", "plaintext");
      await using peer = rawPeer(served.child.port);
      await t.step("server_compressed_unary", async () => {
        for (const [response_compressed, flag] of [[yes, 1], [no, 0]] as const) {
          const request = { response_compressed, response_size: 314159 };
          assertEquals(await call(peer, "UnaryCall", request, accepted), {
            encoding,
            messages: [[flag, 314159]],
            status: "OK",
          });
        }
      });
      await t.step("server_compressed_streaming", async () => {
        assertEquals(await call(peer, "StreamingOutputCall", streaming, accepted), {
          encoding,
          messages: [[1, 31415], [0, 92653]],
          status: "OK",
        });
      });
      await t.step("the other way round", async () => {
        const response_parameters = [...streaming.response_parameters].reverse();
        assertEquals(await call(peer, "StreamingOutputCall", { response_parameters }, accepted), {
          encoding,
          messages: [[0, 92653], [1, 31415]],
          status: "OK",
        });
      });
    },
  );
}

for (
  const [transport, accepted, encoding] of [
    ["native", undefined, undefined],
    ["native", "identity,br", undefined],
    ["grpc-js", "gzip", "identity"],
  ] as const
) {
  testWith(
    ["net", "run", "read", "env"],
    `serveRpc() sends replies as they are to a caller that takes ${accepted} (${transport})`,
    async () => {
      await using served = await serveTestService(transport, "plaintext");
      await using peer = rawPeer(served.child.port);
      assertEquals(await call(peer, "StreamingOutputCall", streaming, accepted), {
        encoding,
        messages: [[0, 31415], [0, 92653]],
        status: "OK",
      });
    },
  );
}

for (const transport of TRANSPORTS) {
  testWith(
    ["net", "run", "read", "env"],
    `serveRpc() compresses replies in a way that grpc-js reads (${transport})`,
    async () => {
      await using served = await serveTestService(transport, "plaintext");
      const client = connectRpc(testService, { target: `127.0.0.1:${served.child.port}` });
      const { methods } = client;
      const request = { response_compressed: yes, response_size: 314159 };
      const reply = await methods.UnaryCall(request);
      assertEquals(reply.payload?.body.length, 314159);
      const replies = await Array.fromAsync(methods.StreamingOutputCall(streaming));
      assertEquals(replies.map(({ payload }) => payload?.body.length), [31415, 92653]);
      client.close();
    },
  );

  testWithProgram(
    "grpcurl",
    `serveRpc() compresses replies in a way that grpcurl reads (${transport})`,
    async (grpcurl) => {
      await using served = await serveTestService(transport, "plaintext");
      const proto = new URL("test_service.proto", import.meta.url).pathname;
      const { stdout, stderr } = await new Deno.Command(grpcurl, {
        args: [
          ...["-plaintext", "-import-path", "/", "-proto", proto],
          ...["-d", JSON.stringify({ response_compressed: yes, response_size: 3000 })],
          ...[`127.0.0.1:${served.child.port}`, "grpc.testing.TestService/UnaryCall"],
        ],
      }).output();
      const { payload } = JSON.parse(new TextDecoder().decode(stdout) || "{}");
      assertEquals(payload?.body, btoa("\0".repeat(3000)), new TextDecoder().decode(stderr));
    },
  );
}

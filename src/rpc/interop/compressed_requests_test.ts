// deno-lint-ignore-file camelcase -- names of gRPC's test service
import { assertEquals, assertRejects } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { guardHttp2 } from "../grpc_js/http2_guard.ts";
import { type Client, grpc } from "../grpc_js/load.ts";
import type { Method } from "../method.ts";
import { serveTestService } from "./fixture.ts";
import { type InputRequest, type InputResponse, testService } from "./test_service.ts";
import type { SimpleRequest, SimpleResponse } from "./test_service.ts";
import { TRANSPORTS } from "./transports.ts";

/** gRPC core's numbers of the algorithms, for `grpc.default_compression_algorithm`. */
const ALGORITHMS = { deflate: 1, gzip: 2 };

/** gRPC core's flag of a message that is not to be compressed. */
const NO_COMPRESS = 2;

const [yes, no] = [{ value: true }, { value: false }];

function methodOf(name: string) {
  const { path, request, reply } = testService.methods[name] as Method;
  return [
    path,
    (message: object) => Buffer.from(request.encode(message)),
    (bytes: Buffer) => reply.decode(bytes),
  ] as const;
}

/** A client of grpc-js that compresses what it sends with that algorithm; 0 is none. */
function connect(port: number, algorithm: number): Client {
  return new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    "grpc.default_compression_algorithm": algorithm,
  });
}

function unary(client: Client, request: SimpleRequest): Promise<SimpleResponse> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest<object, object>(
      ...methodOf("UnaryCall"),
      request,
      (error, reply) => error ? reject(error) : resolve(reply as SimpleResponse),
    );
  });
}

/** Sends messages, and says of each whether it is compressed. */
function upload(client: Client, ...requests: readonly (readonly [InputRequest, boolean])[]) {
  return new Promise<InputResponse>((resolve, reject) => {
    const call = client.makeClientStreamRequest<object, object>(
      ...methodOf("StreamingInputCall"),
      (error, reply) => error ? reject(error) : resolve(reply as InputResponse),
    );
    for (const [request, isCompressed] of requests) {
      call.write(request, isCompressed ? 0 : NO_COMPRESS);
    }
    call.end();
  });
}

async function assertInvalid(call: Promise<unknown>): Promise<void> {
  const { code } = await assertRejects(() => call) as Error & { code: number };
  assertEquals(code, grpc.status.INVALID_ARGUMENT);
}

for (const transport of TRANSPORTS) {
  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    testWith(
      ["net", "run", "read", "env"],
      `serveRpc() tells requests that grpc-js has compressed with ${name} (${transport})`,
      async (t) => {
        guardHttp2();
        await using served = await serveTestService(transport, "plaintext");
        const { port } = served.child;
        const compressing = connect(port, algorithm);
        const plain = connect(port, 0);
        await t.step("client_compressed_unary", async () => {
          const payload = { body: new Uint8Array(271828) };
          const request = (expect_compressed: typeof yes) => ({
            expect_compressed,
            response_size: 314159,
            payload,
          });
          await assertInvalid(unary(plain, request(yes)));
          for (const [client, expected] of [[compressing, yes], [plain, no]] as const) {
            const reply = await unary(client, request(expected));
            assertEquals(reply.payload?.body.length, 314159);
          }
        });
        await t.step("client_compressed_streaming", async () => {
          const request = (size: number, expect_compressed: typeof yes) => ({
            payload: { body: new Uint8Array(size) },
            expect_compressed,
          });
          await assertInvalid(upload(compressing, [request(27182, yes), false]));
          const reply = await upload(
            compressing,
            [request(27182, yes), true],
            [request(45904, no), false],
          );
          assertEquals(reply.aggregated_payload_size, 73086);
        });
        compressing.close();
        plain.close();
      },
    );
  }

  testWithProgram(
    "ghz",
    `serveRpc() takes requests that grpc-go has compressed, and compresses replies for it (${transport})`,
    async (ghz) => {
      await using served = await serveTestService(transport, "plaintext");
      const request = {
        response_size: 300_000,
        response_compressed: yes,
        expect_compressed: yes,
        payload: { body: btoa("\0".repeat(50_000)) },
      };
      const proto = new URL("test_service.proto", import.meta.url).pathname;
      const { stdout, stderr } = await new Deno.Command(ghz, {
        args: [
          ...["--insecure", "--enable-compression", "--proto", proto, "-O", "json"],
          ...["--call", "grpc.testing.TestService/UnaryCall", "-d", JSON.stringify(request)],
          ...["-n", "200", "-c", "10", `127.0.0.1:${served.child.port}`],
        ],
      }).output();
      const report = JSON.parse(new TextDecoder().decode(stdout) || "{}");
      assertEquals(
        report.statusCodeDistribution,
        { OK: 200 },
        new TextDecoder().decode(stderr),
      );
    },
  );
}

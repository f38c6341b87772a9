// deno-lint-ignore-file camelcase -- names of gRPC's test service
import { assertEquals } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { guardHttp2 } from "../grpc_js/http2_guard.ts";
import { type Client, grpc } from "../grpc_js/load.ts";
import type { Method } from "../method.ts";
import { serveTestService } from "./fixture.ts";
import {
  type InputRequest,
  type InputResponse,
  type SimpleRequest,
  type SimpleResponse,
  testService,
} from "./test_service.ts";
import { TRANSPORTS } from "./transports.ts";

/** gRPC core's numbers of the algorithms, for `grpc.default_compression_algorithm`. */
const ALGORITHMS = { deflate: 1, gzip: 2 };

/** gRPC core's flag of a message that is not to be compressed. */
const NO_COMPRESS = 2;

function methodOf(name: string) {
  const { path, request, reply } = testService.methods[name] as Method;
  return [
    path,
    (message: object) => Buffer.from(request.encode(message)),
    (bytes: Buffer) => reply.decode(bytes),
  ] as const;
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

/** Sends one message compressed, and one not. */
function halfCompressed(client: Client, compressed: InputRequest, plain: InputRequest) {
  return new Promise<InputResponse>((resolve, reject) => {
    const call = client.makeClientStreamRequest<object, object>(
      ...methodOf("StreamingInputCall"),
      (error, reply) => error ? reject(error) : resolve(reply as InputResponse),
    );
    call.write(compressed);
    call.write(plain, NO_COMPRESS);
    call.end();
  });
}

for (const transport of TRANSPORTS) {
  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    testWith(
      ["net", "run", "read", "env"],
      `serveRpc() takes requests that grpc-js has compressed with ${name} (${transport})`,
      async (t) => {
        guardHttp2();
        await using served = await serveTestService(transport, "plaintext");
        const client = new grpc.Client(
          `127.0.0.1:${served.child.port}`,
          grpc.credentials.createInsecure(),
          { "grpc.default_compression_algorithm": algorithm },
        );
        await t.step("client_compressed_unary", async () => {
          const body = new Uint8Array(271828);
          const reply = await unary(client, { response_size: 314159, payload: { body } });
          assertEquals(reply.payload?.body.length, 314159);
        });
        await t.step("client_compressed_streaming", async () => {
          const request = (size: number) => ({ payload: { body: new Uint8Array(size) } });
          const reply = await halfCompressed(client, request(27182), request(45904));
          assertEquals(reply.aggregated_payload_size, 73086);
        });
        client.close();
      },
    );
  }

  testWithProgram(
    "ghz",
    `serveRpc() takes requests that grpc-go has compressed with gzip (${transport})`,
    async (ghz) => {
      await using served = await serveTestService(transport, "plaintext");
      const request = { response_size: 1000, payload: { body: btoa("\0".repeat(50_000)) } };
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

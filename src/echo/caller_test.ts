import { assertEquals, assertRejects } from "@std/assert";
import { DebuggingRecorder, findMetric } from "../metrics/debugging.ts";
import { withRecorder } from "../metrics/mod.ts";
import { implement, serveRpc } from "../rpc/server.ts";
import { RpcError } from "../rpc/status.ts";
import { memoryLogger } from "../testing/greeter.ts";
import { testWith } from "../testing/permissions.ts";
import { echoCaller } from "./caller.ts";
import { echo } from "./echo.ts";
import { foo } from "./service.ts";

testWith(
  ["net", "env"],
  "echoCaller() greets, counts its calls, and tells why one failed",
  async () => {
    const recorder = new DebuggingRecorder();
    await withRecorder(recorder, async () => {
      const server = await serveRpc({
        services: [implement(foo, {
          echo(request, context) {
            if (request.name === "Nobody") throw new RpcError("NOT_FOUND", "nobody is here");
            return echo(request, context);
          },
        })],
        hostname: "127.0.0.1",
        port: 0,
        log: memoryLogger([]),
      });
      const target = `127.0.0.1:${server.address.port}`;
      const [ada, nobody] = ["Ada", "Nobody"].map((name) => echoCaller({ target }, name));
      assertEquals(await ada?.call(5000), "Hello Ada!");
      const error = await assertRejects(async () => await nobody?.call(5000), RpcError);
      assertEquals([error.code, error.message], ["NOT_FOUND", "nobody is here"]);
      ada?.close();
      nobody?.close();
      await server.close(1000);
    });
    const labels = { "grpc_type": "unary", "grpc_service": "foo.Foo", "grpc_method": "echo" };
    const metrics = recorder.snapshot();
    for (const code of ["OK", "NOT_FOUND"]) {
      const name = "grpc_client_handled_total";
      const { value } = findMetric(metrics, "counter", name, { ...labels, "grpc_code": code });
      assertEquals(value, 1, code);
    }
  },
);

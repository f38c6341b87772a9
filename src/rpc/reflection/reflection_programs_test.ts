import { assertEquals, assertStringIncludes } from "@std/assert";
import { greeter, withGreeter } from "../../testing/greeter.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { health } from "../health/service.ts";
import { implement } from "../server.ts";
import { createReflection } from "./reflection.ts";

/** Runs `body` with a function that asks a server with reflection by grpcurl. */
function withGrpcurl(
  grpcurl: string,
  body: (run: (...args: string[]) => Promise<string>) => Promise<void>,
): Promise<void> {
  const greet = ({ text }: { text: string }) => ({ text: `Hello ${text}!` });
  return withGreeter(greet, ({ server }) =>
    body(async (...args) => {
      const target = `127.0.0.1:${server.address.port}`;
      const flags = args.filter((arg) => arg.startsWith("-"));
      const words = args.filter((arg) => !arg.startsWith("-"));
      const { stdout, stderr } = await new Deno.Command(grpcurl, {
        args: ["-plaintext", ...flags, target, ...words],
      }).output();
      return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    }), {
    services: [implement(greeter, { greet }), ...createReflection([greeter, health])],
  });
}

testWithProgram(
  "grpcurl",
  "createReflection() lets grpcurl list services and methods",
  (path) =>
    withGrpcurl(path, async (grpcurl) => {
      assertEquals((await grpcurl("list")).trim().split("\n"), [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
        "test.Greeter",
      ]);
      assertEquals(await grpcurl("list", "test.Greeter"), "test.Greeter.greet\n");
    }),
);

testWithProgram(
  "grpcurl",
  "createReflection() lets grpcurl describe every symbol",
  (path) =>
    withGrpcurl(path, async (grpcurl) => {
      assertStringIncludes(
        await grpcurl("describe", "test.Greeter.greet"),
        "rpc greet ( .test.Text ) returns ( .test.Text );",
      );
      assertStringIncludes(await grpcurl("describe", "test.Text"), "string text = 1;");
      assertStringIncludes(
        await grpcurl("describe", "grpc.health.v1.HealthListResponse"),
        "map<string, .grpc.health.v1.HealthCheckResponse> statuses = 1;",
      );
      assertStringIncludes(
        await grpcurl("describe", "grpc.reflection.v1.ServerReflectionRequest"),
        ".grpc.reflection.v1.ExtensionRequest file_containing_extension = 5;",
      );
      assertStringIncludes(await grpcurl("describe", "test.None"), "Symbol not found: test.None");
    }),
);

testWithProgram(
  "grpcurl",
  "createReflection() lets grpcurl call without a .proto",
  (path) =>
    withGrpcurl(path, async (grpcurl) => {
      const answer = await grpcurl(`-d={"text":"Ada"}`, "test.Greeter/greet");
      assertEquals(JSON.parse(answer), { text: "Hello Ada!" });
    }),
);

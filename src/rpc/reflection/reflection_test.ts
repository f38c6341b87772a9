import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import descriptor from "protobufjs/ext/descriptor/index.js";
import { greeter, withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { connectRpc } from "../client.ts";
import type { BidiStreamHandler } from "../handler.ts";
import { implement } from "../server.ts";
import { loadService, type Service } from "../service.ts";
import { Status } from "../status.ts";
import { createReflection, type ReflectionOptions } from "./reflection.ts";
import { reflection, type ReflectionRequest, type ReflectionResponse } from "./service.ts";

/** Asks the reflection service of a server that has `services`, without a network. */
async function ask(
  question: ReflectionRequest,
  services: readonly Service[] = [greeter],
  options: ReflectionOptions = {},
): Promise<ReflectionResponse> {
  const [v1] = createReflection(services, options);
  const handler = v1?.handlers.ServerReflectionInfo as unknown as BidiStreamHandler<
    ReflectionRequest,
    ReflectionResponse
  >;
  const [response, ...rest] = await Array.fromAsync(handler(streamOf(question), {} as never));
  assertEquals(rest, []);
  if (response === undefined) throw new Error("The stream ended without an answer");
  return response;
}

async function* streamOf<T>(...values: T[]): AsyncIterable<T> {
  for (const value of values) yield await Promise.resolve(value);
}

/** The paths of the files that came. */
function paths({ file_descriptor_response: response, error_response: error }: ReflectionResponse) {
  const { FileDescriptorProto } = descriptor;
  return response?.file_descriptor_proto.map((bytes) =>
    FileDescriptorProto.toObject(FileDescriptorProto.decode(bytes)).name
  ) ?? error?.error_code;
}

const IMPORTED = `syntax = "proto2"; package test;
  import "google/protobuf/timestamp.proto";
  message Base { extensions 10 to 20; }
  extend Base { optional google.protobuf.Timestamp at = 12; optional int32 early = 10; }
  message Plain { oneof choice { string text = 1; } enum Kind { NONE = 0; } }`;
const IMPORTING = `syntax = "proto3"; package test;
  import "base.proto"; import "not/given.proto";
  service Importer { rpc run (Text) returns (Text); }
  message Text { string text = 1; }`;
const importer: Service = loadService(IMPORTING, "test.Importer");
const files = { "base.proto": IMPORTED };

Deno.test("createReflection() lists the services and itself, in both versions", async () => {
  const { list_services_response: list } = await ask({ list_services: "" });
  assertEquals(list?.service, [
    { name: "grpc.reflection.v1.ServerReflection" },
    { name: "grpc.reflection.v1alpha.ServerReflection" },
    { name: "test.Greeter" },
  ]);
});

Deno.test("createReflection() answers with the question and its host", async () => {
  const answer = await ask({ host: "example.org", list_services: "*" });
  assertEquals(answer.original_request, { host: "example.org", list_services: "*" });
  assertEquals(answer.valid_host, "example.org");
});

Deno.test("createReflection() finds a file by its path, and sends what it imports with it", async () => {
  const find = async (path: string) =>
    paths(await ask({ file_by_filename: path }, [importer], { files }));
  const timestamp = "google/protobuf/timestamp.proto";
  assertEquals(await find("test/importer.proto"), ["test/importer.proto", "base.proto", timestamp]);
  assertEquals(await find(timestamp), [timestamp]);
  assertEquals(
    await find("grpc/reflection/v1alpha/reflection.proto"),
    ["grpc/reflection/v1alpha/reflection.proto"],
  );
  assertEquals(await find("not/given.proto"), Status.NOT_FOUND);
});

Deno.test("createReflection() finds the file of every kind of symbol", async () => {
  const symbols = ["Base", "Plain", "Plain.text", "Plain.choice", "Plain.Kind", "Plain.NONE", "at"];
  for (const symbol of symbols) {
    const answer = await ask({ file_containing_symbol: `test.${symbol}` }, [importer], { files });
    assertEquals(paths(answer), ["base.proto", "google/protobuf/timestamp.proto"], symbol);
  }
  for (const symbol of ["test.Greeter", "test.Greeter.greet"]) {
    assertEquals(paths(await ask({ file_containing_symbol: symbol })), ["test/greeter.proto"]);
  }
  for (
    const symbol of ["test", "Greeter", "test.None", "", "constructor", "test.Plain.Kind.NONE"]
  ) {
    const answer = await ask({ file_containing_symbol: symbol }, [importer], { files });
    assertEquals(paths(answer), Status.NOT_FOUND, symbol);
  }
});

Deno.test("createReflection() finds extensions and their numbers", async () => {
  const find = async (type: string, number: number) =>
    paths(
      await ask(
        { file_containing_extension: { containing_type: type, extension_number: number } },
        [importer],
        { files },
      ),
    );
  assertEquals(await find("test.Base", 12), ["base.proto", "google/protobuf/timestamp.proto"]);
  assertEquals(await find("test.Base", 13), Status.NOT_FOUND);
  assertEquals(await find("test.None", 12), Status.NOT_FOUND);

  const numbers = (type: string) =>
    ask({ all_extension_numbers_of_type: type }, [importer], { files });
  const { all_extension_numbers_response: found } = await numbers("test.Base");
  assertEquals(found, { base_type_name: "test.Base", extension_number: [10, 12] });
  const { all_extension_numbers_response: none } = await numbers("test.Plain");
  assertEquals(none, { base_type_name: "test.Plain", extension_number: [] });
  assertEquals(paths(await numbers("test.None")), Status.NOT_FOUND);
});

Deno.test("createReflection() answers a question that it does not know with INVALID_ARGUMENT", async () => {
  assertEquals(paths(await ask({ host: "" })), Status.INVALID_ARGUMENT);
});

Deno.test("createReflection() takes two services of one .proto for one file, named by `files`", async () => {
  const text = `syntax = "proto3"; package test;
    service One { rpc run (Text) returns (Text); }
    service Two { rpc run (Text) returns (Text); }
    message Text {}`;
  const services = ["test.One", "test.Two"].map((name) => loadService(text, name) as Service);
  const find = async (options: ReflectionOptions) =>
    paths(await ask({ file_containing_symbol: "test.Two" }, services, options));
  assertEquals(await find({}), ["test/one.proto"]);
  assertEquals(await find({ files: { "t.proto": text } }), ["t.proto"]);
});

Deno.test("createReflection() throws TypeError for what it cannot describe", () => {
  const twice = `syntax = "proto3"; package test; message Text {}`;
  assertThrows(
    () => createReflection([greeter], { files: { "twice.proto": twice } }),
    TypeError,
    "declares 'test.Text' too",
  );
  assertThrows(
    () => createReflection([greeter], { files: { "test/greeter.proto": twice } }),
    TypeError,
    "another .proto has the path 'test/greeter.proto'",
  );
  const missing = `syntax = "proto3"; import "none.proto"; message M { none.Type field = 1; }`;
  assertThrows(
    () => createReflection([], { files: { "missing.proto": missing } }),
    TypeError,
    "'none.Type'",
  );
  assertThrows(
    () => createReflection([], { files: { "e.proto": `edition = "2023"; message M {}` } }),
    TypeError,
    `found "2023"`,
  );
});

testWith(["net", "env"], "createReflection() ends open streams when its signal is aborted", () => {
  const abort = new AbortController();
  return withGreeter(() => ({ text: "" }), async ({ server }) => {
    const client = connectRpc(reflection, { target: `127.0.0.1:${server.address.port}` });
    const forever = Promise.withResolvers<never>();
    async function* questions(): AsyncIterable<ReflectionRequest> {
      yield { list_services: "" };
      await forever.promise;
    }
    const answers = client.methods.ServerReflectionInfo(questions())[Symbol.asyncIterator]();
    assertStringIncludes(JSON.stringify(await answers.next()), "test.Greeter");
    abort.abort();
    assertEquals((await answers.next()).done, true);
    assertEquals(await server.close(60_000), { cut: false });
    client.close();
  }, {
    services: [
      implement(greeter, { greet: () => ({ text: "" }) }),
      ...createReflection([greeter], { signal: abort.signal }),
    ],
  });
});

Deno.test("createReflection() describes what a service was loaded with", async () => {
  const text = `syntax = "proto3"; package test; import "base.proto";
    service User { rpc run (Plain) returns (Plain); }`;
  const user = loadService(text, "test.User", { imports: files }) as Service;
  const answer = await ask({ file_containing_symbol: "test.User" }, [user]);
  assertEquals(paths(answer), ["test/user.proto", "base.proto", "google/protobuf/timestamp.proto"]);
});

import { assertEquals, assertThrows } from "@std/assert";
import { loadService } from "./service.ts";

const PROTO = `syntax = "proto3"; package test;
  service Greeter { rpc greet (Text) returns (Text); }
  service Stream {
    rpc upload (stream Text) returns (Text);
    rpc watch (Text) returns (stream Text);
    rpc chat (stream Text) returns (stream Text);
  }
  message Text { string snake_case = 1; int64 big = 2; }`;

Deno.test("loadService() finds methods with their path and codec; fields keep their names", () => {
  const { name, methods } = loadService(PROTO, "test.Greeter");
  const greet = methods.greet;
  assertEquals([name, greet?.path], ["test.Greeter", "/test.Greeter/greet"]);
  const bytes = greet?.request.encode({ snake_case: "x", big: "9007199254740993" }) ??
    new Uint8Array();
  assertEquals({ ...greet?.request.decode(new Uint8Array(bytes)) }, {
    snake_case: "x",
    big: "9007199254740993",
  });
});

Deno.test("loadService() says which service the .proto lacks", () => {
  assertThrows(() => loadService(PROTO, "test.Nobody"), Error, "'test.Nobody'");
  assertThrows(() => loadService(PROTO, "test.Text"), Error, "does not define it");
});

Deno.test("loadService() tells the four kinds of method apart", () => {
  const { methods } = loadService(PROTO, "test.Stream");
  assertEquals(Object.values(methods).map(({ name, kind }) => [name, kind]), [
    ["upload", "client_stream"],
    ["watch", "server_stream"],
    ["chat", "bidi_stream"],
  ]);
});

const IMPORTER = `syntax = "proto3"; package test;
  import "google/protobuf/timestamp.proto";
  import "shared/name.proto";
  service Clock { rpc tell (shared.Name) returns (Time); }
  message Time { google.protobuf.Timestamp at = 1; shared.Name of = 2; }`;
const imports = {
  "shared/name.proto": `syntax = "proto3"; package shared;
    import "shared/text.proto"; message Name { Text first = 1; }`,
  "shared/text.proto": `syntax = "proto3"; package shared; message Text { string text = 1; }`,
};

Deno.test("loadService() follows imports, those of protocol buffers themselves included", () => {
  const { methods } = loadService(IMPORTER, "test.Clock", { imports });
  const codec = methods.tell?.reply;
  const time = { at: { seconds: "1", nanos: 2 }, of: { first: { text: "x" } } };
  assertEquals(
    JSON.parse(JSON.stringify(codec?.decode(codec.encode(time)))),
    time,
  );
});

Deno.test("loadService() says which import was not given, when a type of it is used", () => {
  assertThrows(
    () => loadService(IMPORTER, "test.Clock"),
    Error,
    "; it imports shared/name.proto, which was not given",
  );
  const unused = `syntax = "proto3"; package test; import "options/only.proto";
    service Clock { rpc tell (Time) returns (Time); } message Time {}`;
  assertEquals(loadService(unused, "test.Clock").methods.tell?.kind, "unary");
});

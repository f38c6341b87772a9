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

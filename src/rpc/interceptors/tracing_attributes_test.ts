import { assertEquals } from "@std/assert";
import { callEnd } from "../../testing/calls.ts";
import type { Call } from "../interceptor.ts";
import { Metadata } from "../metadata.ts";
import { attributesAtEnd, attributesAtStart, isFailure, spanName } from "./tracing_attributes.ts";

function callOf(call: Partial<Call>): Call {
  return {
    side: "server",
    method: { path: "/a.B/c", service: "a.B", name: "c", kind: "unary" },
    metadata: new Metadata(),
    peer: "unknown",
    deadline: undefined,
    signal: new AbortController().signal,
    end() {},
    ...call,
  };
}

Deno.test("attributesAtStart() reads address and port of a client's target", () => {
  const cases: Record<string, [string, number?]> = {
    "grpc.io:50051": ["grpc.io", 50051],
    "dns:///grpc.io:50051": ["grpc.io", 50051],
    "dns://192.0.2.53/grpc.io:50051": ["grpc.io", 50051],
    "dns:grpc.io:50051": ["grpc.io", 50051],
    "[::1]:20000": ["::1", 20000],
    "grpc.io": ["grpc.io"],
    "unix:///run/a.sock": ["unix:///run/a.sock"],
    "ipv4:198.51.100.1:50051,198.51.100.2:50051": ["ipv4:198.51.100.1:50051,198.51.100.2:50051"],
  };
  for (const [target, expected] of Object.entries(cases)) {
    const attributes = attributesAtStart(callOf({ side: "client" }), target);
    const { "server.address": address, "server.port": port } = attributes;
    assertEquals(port === undefined ? [address] : [address, port], expected, target);
  }
});

Deno.test("attributesAtStart() tells a server's peer, and attributesAtEnd() a client's", () => {
  const peer = "[2001:db8::1]:50000";
  const expected = { "network.peer.address": "2001:db8::1", "network.peer.port": 50000 };
  const peerOf = (attributes: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith("network.")));
  const [server, client] = [callOf({ peer }), callOf({ peer, side: "client" })];
  const end = callEnd("OK", 1);
  assertEquals(peerOf(attributesAtStart(server)), expected);
  assertEquals(peerOf(attributesAtEnd(server, end)), {});
  assertEquals(peerOf(attributesAtStart(client)), {});
  assertEquals(peerOf(attributesAtEnd(client, end)), expected);
  assertEquals(peerOf(attributesAtStart(callOf({ peer: "unknown" }))), {});
});

Deno.test("spanName() names the method, and all that nobody serves alike", () => {
  assertEquals(spanName(callOf({})), "a.B/c");
  const method = { path: "unknown", service: "unknown", name: "unknown", kind: "unary" } as const;
  const call = callOf({ method });
  assertEquals(spanName(call), "grpc");
  assertEquals(attributesAtStart(call)["rpc.method"], "_OTHER");
  assertEquals(attributesAtStart(call)["rpc.service"], undefined);
});

Deno.test("isFailure() is another thing on each side", () => {
  assertEquals(isFailure("client", "OK"), false);
  assertEquals(isFailure("server", "OK"), false);
  assertEquals(isFailure("client", "NOT_FOUND"), true);
  assertEquals(isFailure("server", "NOT_FOUND"), false);
  assertEquals(isFailure("server", "INTERNAL"), true);
});

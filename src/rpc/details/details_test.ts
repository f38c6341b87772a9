import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { greeter, withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { Metadata } from "../metadata.ts";
import { RpcError } from "../status.ts";
import { decodeDetails, DETAILS_KEY } from "./codec.ts";
import type { ErrorDetail } from "./detail.ts";
import googleRpc from "./google_rpc.proto" with { type: "text" };

const ALL: readonly ErrorDetail[] = [
  { type: "BadRequest", fieldViolations: [{ field: "name", description: "must not be empty: é" }] },
  { type: "RetryInfo", retryDelayMs: 1500.25 },
  { type: "ErrorInfo", reason: "STOCKOUT", domain: "example.com", metadata: { zone: "a" } },
  { type: "QuotaFailure", violations: [{ subject: "user:1", description: "10 a day" }] },
  {
    type: "PreconditionFailure",
    violations: [{ type: "TOS", subject: "example.com", description: "not accepted" }],
  },
  {
    type: "ResourceInfo",
    resourceType: "echo",
    resourceName: "echoes/1",
    owner: "",
    description: "gone",
  },
  { type: "Help", links: [{ description: "how to", url: "https://example.com" }] },
  { type: "LocalizedMessage", locale: "de-CH", message: "Das ging nicht" },
  { type: "DebugInfo", stackEntries: ["a", "b"], detail: "inside" },
  { type: "RequestInfo", requestId: "r-1", servingData: "s" },
  { typeUrl: "type.googleapis.com/test.Other", value: Uint8Array.of(1, 2, 3) },
];

/** The error as a caller has it that got its trailers. */
function received(error: RpcError): RpcError {
  return new RpcError(error.code, error.message, { trailers: error.trailers });
}

Deno.test("RpcError carries details of every type in its trailers", () => {
  assertEquals(received(new RpcError("ABORTED", "no", { details: ALL })).details, ALL);
});

Deno.test("RpcError without details has none, and no trailer for them", () => {
  const error = new RpcError("ABORTED", "no");
  assertEquals(error.details, []);
  assertEquals([...error.trailers], []);
});

Deno.test("RpcError leaves the trailers it was given as they are", () => {
  const trailers = new Metadata({ "x-a": "1" });
  const error = new RpcError("ABORTED", "no", { trailers, details: ALL });
  assertEquals([...trailers], [["x-a", "1"]]);
  assertEquals([...error.trailers].map(([key]) => key), ["x-a", DETAILS_KEY]);
});

Deno.test("RpcError leaves out details that do not fit into 8 KiB, and keeps those that do", () => {
  const details: ErrorDetail[] = [
    { type: "RetryInfo", retryDelayMs: 1 },
    { type: "DebugInfo", stackEntries: [], detail: "x".repeat(9000) },
    { type: "RequestInfo", requestId: "r", servingData: "" },
  ];
  const error = new RpcError("ABORTED", "no", { details });
  assertEquals(received(error).details, details.filter(({ type }) => type !== "DebugInfo"));
  assertEquals(error.details, details, "who made it still has them all");

  const many = Array.from({ length: 1000 }, () => ALL).flat();
  const bytes = new RpcError("ABORTED", "no", { details: many }).trailers.get(DETAILS_KEY);
  assert(bytes instanceof Uint8Array);
  assertLess(Buffer.from(bytes).toString("base64").length, 8192 - 256);
});

Deno.test("RpcError sends no details beside a message or trailers that fill 8 KiB", () => {
  const details: ErrorDetail[] = [{ type: "RetryInfo", retryDelayMs: 1 }];
  const filled = new Metadata({ "x-large": "x".repeat(8000) });
  assertEquals(received(new RpcError("ABORTED", "é".repeat(1300), { details })).details, []);
  assertEquals(
    received(new RpcError("ABORTED", "no", { details, trailers: filled })).details,
    [],
  );
  // A lone surrogate has no UTF-8.
  assertEquals(received(new RpcError("ABORTED", "\ud800", { details })).details, details);
});

Deno.test("RpcError has no details when what came is malformed", () => {
  for (const bytes of [[], [0xff], [0x1a, 0x05, 1], [0x08]]) {
    const trailers = new Metadata({ [DETAILS_KEY]: Uint8Array.from(bytes) });
    assertEquals(new RpcError("ABORTED", "no", { trailers }).details, []);
  }
});

Deno.test("decodeDetails() keeps a detail that does not decode as it came", () => {
  const typeUrl = "type.googleapis.com/google.rpc.RetryInfo";
  const value = Uint8Array.of(0x0a, 0x7f);
  const { trailers } = new RpcError("ABORTED", "no", { details: [{ typeUrl, value }] });
  assertEquals(decodeDetails(trailers.get(DETAILS_KEY) as Uint8Array), [{ typeUrl, value }]);
});

Deno.test("decodeDetails() never throws, whatever bits are turned", () => {
  const { trailers } = new RpcError("ABORTED", "no", { details: ALL });
  const sent = trailers.get(DETAILS_KEY) as Uint8Array;
  for (let bit = 0; bit < sent.length * 8; bit++) {
    const bytes = Uint8Array.from(sent);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    decodeDetails(bytes);
    decodeDetails(bytes.subarray(0, bit >> 3));
  }
});

const refuse = () => {
  throw new RpcError("INVALID_ARGUMENT", "not so", { details: ALL });
};

testWith(
  ["net", "env"],
  "serveRpc() sends details, and connectRpc() has them in its error",
  () =>
    withGreeter(refuse, async ({ client }) => {
      const error = await assertRejects(() => client.methods.greet({ text: "" }), RpcError);
      assertEquals([error.code, error.message], ["INVALID_ARGUMENT", "not so"]);
      assertEquals(error.details, ALL);
    }),
);

testWithProgram(
  "grpcurl",
  "serveRpc() sends details that grpcurl shows",
  (grpcurl) =>
    withGreeter(refuse, async ({ server }) => {
      const folder = await Deno.makeTempDir();
      try {
        await Deno.writeTextFile(`${folder}/greeter.proto`, greeter.proto);
        await Deno.writeTextFile(`${folder}/google_rpc.proto`, googleRpc);
        const { stderr } = await new Deno.Command(grpcurl, {
          args: [
            ...["-plaintext", "-format-error", "-import-path", folder],
            ...["-proto", "greeter.proto", "-proto", "google_rpc.proto"],
            ...[`127.0.0.1:${server.address.port}`, "test.Greeter/greet"],
          ],
        }).output();
        const { code, message, details } = JSON.parse(new TextDecoder().decode(stderr));
        assertEquals([code, message, details.length], [3, "not so", ALL.length]);
        assertEquals(details.slice(0, 3), [
          {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            fieldViolations: [{ field: "name", description: "must not be empty: é" }],
          },
          // grpcurl takes our Duration for any message: only google.protobuf's has JSON of its own.
          {
            "@type": "type.googleapis.com/google.rpc.RetryInfo",
            retryDelay: { seconds: "1", nanos: 500250000 },
          },
          {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            reason: "STOCKOUT",
            domain: "example.com",
            metadata: { zone: "a" },
          },
        ]);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
);

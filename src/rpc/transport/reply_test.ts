import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { HpackDecoder } from "../../http2/hpack/decoder.ts";
import { Metadata } from "../metadata.ts";
import { encodeMessage, headersBlock, OK_TRAILERS, statusBlock } from "./reply.ts";

function fieldsOf(block: Uint8Array): Record<string, string> {
  const { fields } = new HpackDecoder({ maxTableSize: 4096, maxListSize: 1e6 })
    .decode(block, 0, block.length);
  return Object.fromEntries(
    Array.from({ length: fields.length / 2 }, (_, at) => fields.slice(2 * at, 2 * at + 2)),
  );
}

Deno.test("statusBlock() is trailers, or all there is, and one constant for OK", () => {
  assertStrictEquals(statusBlock("OK", "", undefined, true), OK_TRAILERS);
  assertEquals(fieldsOf(OK_TRAILERS), { "grpc-status": "0" });
  assertEquals(fieldsOf(statusBlock("NOT_FOUND", "é", new Metadata({ "x-y": " z " }), false)), {
    ":status": "200",
    "content-type": "application/grpc",
    "grpc-accept-encoding": "identity,deflate,gzip",
    "grpc-status": "5",
    "grpc-message": "%C3%A9",
    "x-y": "z",
  });
});

Deno.test("headersBlock() sends bytes in base64, and keeps the transport's own keys", () => {
  const metadata = new Metadata({ "x-bin": new Uint8Array([255]), "grpc-status": "0", te: "x" });
  const expected = { ...fieldsOf(headersBlock()), "x-bin": "/w" };
  assertEquals(fieldsOf(headersBlock(undefined, metadata)), expected);
});

Deno.test("headersBlock() says how replies are compressed, and is constant without metadata", () => {
  assertStrictEquals(headersBlock(), headersBlock());
  for (const encoding of ["gzip", "deflate"] as const) {
    const fields = { ...fieldsOf(headersBlock()), "grpc-encoding": encoding };
    assertEquals(fieldsOf(headersBlock(encoding)), fields);
    assertStrictEquals(headersBlock(encoding), headersBlock(encoding));
    const metadata = new Metadata({ x: "y", "grpc-encoding": "br" });
    assertEquals(fieldsOf(headersBlock(encoding, metadata)), { ...fields, x: "y" });
  }
});

Deno.test("headersBlock() throws for what would break off the call", () => {
  assertThrows(() => headersBlock("gzip", new Metadata({ connection: "close" })), TypeError);
  assertThrows(() => headersBlock("gzip", new Metadata({ x: "x".repeat(20_000) })), RangeError);
});

Deno.test("encodeMessage() encodes what HTTP/2 cannot carry, and reads back as it was", () => {
  for (
    const [message, encoded] of [
      ["a b", "a b"],
      [" a ", "%20a%20"],
      ["100 %", "100 %25"],
      ["a\nb", "a%0Ab"],
      ["ü€\u{1f600}", "%C3%BC%E2%82%AC%F0%9F%98%80"],
    ] as const
  ) {
    assertEquals(encodeMessage(message), encoded);
    assertEquals(decodeURIComponent(encoded), message);
  }
  assertEquals(encodeMessage("\ud800"), "%EF%BF%BD", "half a character");
});

Deno.test("encodeMessage() cuts between characters", () => {
  for (const length of [4094, 4095, 4096]) {
    const message = "x".repeat(length) + "\u{1f600}".repeat(10);
    const decoded = decodeURIComponent(encodeMessage(message));
    assertEquals([decoded.isWellFormed(), decoded.includes("\ufffd")], [true, false]);
    assertEquals(decoded.length <= 4096 && decoded.endsWith("…"), true);
  }
});

import { assertEquals, assertThrows } from "@std/assert";
import { Metadata } from "./metadata.ts";

Deno.test("Metadata finds keys in any case and keeps several values in order", () => {
  const metadata = new Metadata({ "X-Who": "me" });
  metadata.append("x-who", "you");
  assertEquals(metadata.get("x-WHO"), "me");
  assertEquals(metadata.getAll("x-who"), ["me", "you"]);
  assertEquals([...metadata], [["x-who", "me"], ["x-who", "you"]]);
  metadata.set("x-who", "she");
  assertEquals(metadata.getAll("x-who"), ["she"]);
  assertEquals([metadata.delete("X-WHO"), metadata.delete("x-who"), metadata.get("x-who")], [
    true,
    false,
    undefined,
  ]);
});

Deno.test("Metadata takes bytes for -bin keys, and only there", () => {
  const bytes = new Uint8Array([0, 255]);
  assertEquals(new Metadata([["trace-bin", bytes]]).get("trace-bin"), bytes);
  assertThrows(() => new Metadata({ "trace-bin": "text" }), TypeError, "'trace-bin' takes bytes");
  assertThrows(() => new Metadata({ trace: bytes }), TypeError, "'trace' takes a string");
});

Deno.test("Metadata refuses what cannot be sent, naming the key", () => {
  assertThrows(() => new Metadata({ "no spaces": "x" }), TypeError, "'no spaces'");
  assertThrows(() => new Metadata({ who: "é" }), TypeError, "'who' is not printable ASCII");
  assertThrows(() => new Metadata({ who: "a\r\nb: c" }), TypeError, "not printable ASCII");
});

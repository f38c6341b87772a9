import { assertEquals } from "@std/assert";
import { formatAddress } from "./address.ts";

Deno.test("formatAddress() puts an IPv6 address in brackets", () => {
  assertEquals(formatAddress({ hostname: "::1", port: 9000 }), "[::1]:9000");
  assertEquals(formatAddress({ hostname: "localhost", port: 0 }), "localhost:0");
});

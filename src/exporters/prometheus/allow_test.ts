import { assert, assertEquals, assertFalse } from "@std/assert";
import { allowOnly, parseNetwork } from "./allow.ts";

function allows(...networks: string[]): (address: string) => boolean {
  return allowOnly(networks.map(parseNetwork).filter((network) => network !== undefined));
}

Deno.test("allowOnly() knows single addresses", () => {
  const allowed = allows("10.0.0.7", "::1");
  assert(allowed("10.0.0.7"));
  assert(allowed("::1"));
  assertFalse(allowed("10.0.0.8"));
  assertFalse(allowed("::2"));
});

Deno.test("allowOnly() knows networks, whatever stands behind the prefix", () => {
  const allowed = allows("10.1.2.3/8", "fd00::1/8", "192.168.1.128/25");
  assert(allowed("10.255.0.1"));
  assert(allowed("fdff::1"));
  assert(allowed("192.168.1.129"));
  assertFalse(allowed("11.0.0.1"));
  assertFalse(allowed("fe80::1"));
  assertFalse(allowed("192.168.1.127"));
});

Deno.test("allowOnly() takes an IPv4 address in IPv6 dress for what it is", () => {
  assert(allows("10.0.0.0/8")("::ffff:10.1.2.3"));
  assert(allows("10.0.0.0/8")("::ffff:a01:203"));
  assert(allows("::ffff:10.0.0.0/104")("10.1.2.3"));
  assertFalse(allows("10.0.0.0/8")("::ffff:11.0.0.1"));
  assert(allows("0.0.0.0/0")("1.2.3.4"));
  assertFalse(allows("0.0.0.0/0")("2001:db8::1"));
});

Deno.test("allowOnly() looks past the zone of an address, and refuses what is none", () => {
  assert(allows("fe80::/10")("fe80::1%eth0"));
  assertFalse(allows("0.0.0.0/0", "::/0")("localhost"));
});

Deno.test("parseNetwork() refuses what is no address or network", () => {
  for (const text of ["", "localhost", "10.0.0", "10.0.0.0/33", "::/129", "1.2.3.4/", "a/8"]) {
    assertEquals(parseNetwork(text), undefined, text);
  }
});

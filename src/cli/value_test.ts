import { assertEquals } from "@std/assert";
import {
  address,
  duration,
  host,
  httpUrl,
  integer,
  listOf,
  oneOf,
  port,
  positiveNumber,
  showDuration,
  toggle,
} from "./value.ts";

Deno.test("port takes 0 to 65535 and nothing else", () => {
  assertEquals(["0", "9000", "65535"].map(port.parse), [0, 9000, 65535]);
  for (const bad of ["", "-1", "65536", "http", "80.5", "1e3", " 80", "0x50"]) {
    assertEquals(port.parse(bad), undefined, bad);
  }
});

Deno.test("integer() keeps within its bounds and says them", () => {
  const value = integer(1, 10);
  assertEquals(["0", "1", "10", "11"].map(value.parse), [undefined, 1, 10, undefined]);
  assertEquals([value.allowed, value.range], ["an integer from 1 to 10", "1 to 10"]);
});

Deno.test("positiveNumber() takes fractions, but not zero", () => {
  const value = positiveNumber(100);
  assertEquals(["0.5", "100", "0", "-1", "101", "x"].map(value.parse), [
    0.5,
    100,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("duration() reads what people write, alone or joined", () => {
  const { parse } = duration(0, 3_600_000);
  assertEquals(["0", "250ms", "1.5s", "2m", "1m30s", "1h"].map(parse), [
    0,
    250,
    1500,
    120_000,
    90_000,
    3_600_000,
  ]);
  for (const bad of ["", "5", "s", "-1s", "1d", "1s 2s", "2h"]) {
    assertEquals(parse(bad), undefined, bad);
  }
});

Deno.test("duration() says its bounds as people write them", () => {
  const { allowed, range } = duration(100, 5_400_000);
  assertEquals(range, "100ms to 1h30m");
  assertEquals(allowed, "a time from 100ms to 1h30m, such as 500ms, 2s or 1m30s");
});

Deno.test("showDuration() writes what duration() reads", () => {
  const { parse } = duration(0, 86_400_000);
  for (const ms of [0, 1, 999, 1000, 1500, 60_000, 90_000, 3_600_000, 3_661_000]) {
    assertEquals(parse(showDuration(ms)), ms);
  }
});

Deno.test("host takes names and addresses, not addresses with a scheme or a path", () => {
  for (
    const good of ["localhost", "0.0.0.0", "::1", "fe80::1%eth0", "server-service.default.svc"]
  ) {
    assertEquals(host.parse(good), good);
  }
  for (const bad of ["", "http://x", "a b", "x/y"]) assertEquals(host.parse(bad), undefined, bad);
});

Deno.test("oneOf() takes its words only", () => {
  const value = oneOf("auto", "json");
  assertEquals([value.parse("json"), value.parse("JSON"), value.parse("")], [
    "json",
    undefined,
    undefined,
  ]);
});

Deno.test("toggle is on when present, and can be said as a variable", () => {
  assertEquals(["", "true", "1", "false", "0", "yes"].map(toggle.parse), [
    true,
    true,
    true,
    false,
    false,
    undefined,
  ]);
});

Deno.test("address takes a host and a port, an IPv6 address in brackets", () => {
  assertEquals(address.parse("localhost:5000"), { hostname: "localhost", port: 5000 });
  assertEquals(address.parse("[::1]:0"), { hostname: "::1", port: 0 });
  for (
    const bad of ["", "5000", ":5000", "localhost", "localhost:", "::1:5000", "a:70000", "[]:1"]
  ) {
    assertEquals(address.parse(bad), undefined, bad);
  }
});

Deno.test("httpUrl takes addresses on the web, with whatever a URL can have", () => {
  for (
    const good of [
      "http://127.0.0.1:9000/metrics",
      "https://user:secret@prometheus.example/prefix/?a=1",
      "http://[::1]:9090/",
    ]
  ) {
    assertEquals(httpUrl.parse(good)?.href, good);
  }
  assertEquals(httpUrl.show(new URL("http://a:9090")), "http://a:9090/");
  for (
    const bad of ["", "localhost:9090", "prometheus", "ftp://a/", "http://", "//a/", "http://a:x/"]
  ) {
    assertEquals(httpUrl.parse(bad), undefined, bad);
  }
});

Deno.test("listOf() takes several with commas between, and all of them or none", () => {
  const value = listOf(integer(1, 10));
  assertEquals(["1", "1,2,3", "1,,2,", ""].map(value.parse), [[1], [1, 2, 3], [1, 2], []]);
  assertEquals(["0", "1,11", "1;2", "1, x"].map(value.parse), Array(4).fill(undefined));
  assertEquals(value.show([1, 2]), "1,2");
  assertEquals(value.allowed, "an integer from 1 to 10; several with commas between");
});

Deno.test("listOf() takes spaces where its values do", () => {
  const hrefs = listOf(httpUrl).parse("http://a/, http://b/")?.map(({ href }) => href);
  assertEquals(hrefs, ["http://a/", "http://b/"]);
});

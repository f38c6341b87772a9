import { assertEquals, assertThrows } from "@std/assert";
import { ApiError } from "./failure.ts";
import { labelNameOf } from "./label_name.ts";

Deno.test("labelNameOf() undoes escapes of addresses and of names", () => {
  const cases: Record<string, string> = {
    "job": "job",
    "a%2Eb": "a.b",
    "U__a_2e_b": "a.b",
    "U__a__b": "a_b",
    "U___1f600_x": "😀x",
    "U__a_b": "U__a_b",
    "U__a_zz_b": "U__a_zz_b",
    "U__a_d800_b": "U__a_d800_b",
    "__name__": "__name__",
  };
  for (const [segment, name] of Object.entries(cases)) assertEquals(labelNameOf(segment), name);
});

Deno.test("labelNameOf() refuses what is not UTF-8", () => {
  assertThrows(() => labelNameOf("a%ff"), ApiError, 'invalid label name: "a\\xff"');
  assertThrows(() => labelNameOf(""), ApiError, 'invalid label name: ""');
});

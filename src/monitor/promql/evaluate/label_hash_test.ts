import { assertEquals } from "@std/assert";
import { Labels } from "../../labels.ts";
import { hashLabels, xxHash64 } from "./label_hash.ts";

for (
  const [text, expected] of [
    ["", 0xef46db3751d8e999n],
    ["a", 0xd24ec4f1a98c6e5bn],
    ["abc", 0x44bc2cf5ad770999n],
    ["Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1n],
  ] as const
) {
  Deno.test(`xxHash64() of ${JSON.stringify(text)}`, () => {
    assertEquals(xxHash64(new TextEncoder().encode(text)), expected);
  });
}

Deno.test("hashLabels() hashes names and values after their lengths", () => {
  const labels = Labels.from({ a: "bc", long: "x".repeat(300) });
  const bytes = Uint8Array.of(
    ...[1, 0x61, 2, 0x62, 0x63],
    ...[4, ...new TextEncoder().encode("long")],
    ...[255, 300 & 0xff, 1, 0, ...new Uint8Array(300).fill(0x78)],
  );
  assertEquals(hashLabels(labels), xxHash64(bytes));
});

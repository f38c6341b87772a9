import { assert, assertEquals, assertLess, assertStrictEquals } from "@std/assert";
import { inflateSync } from "node:zlib";
import { compress, decompress, ENCODINGS } from "./compression.ts";

const wanted = () => true;
const unwanted = () => false;

/** Around what is done at once, and more of it. */
const SIZES = [1000, 131_071, 131_072, 131_073, 600_000];

/** What compresses to a third or so. */
function digits(length: number): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length }, () => 48 + ((seed = seed * 48271 % 2147483647) >> 8) % 10);
}

/** What does not compress. */
function noise(length: number): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length }, () => (seed = seed * 48271 % 2147483647) >> 8);
}

for (const encoding of ENCODINGS) {
  Deno.test(`compress() gives what decompress() makes ${encoding} of again, whatever its size`, async () => {
    for (const size of SIZES) {
      const message = digits(size);
      const compressed = await compress(encoding, message, wanted);
      assertLess(compressed.length, size * 0.7);
      const again = await decompress(encoding, compressed, size, wanted);
      assert(again instanceof Uint8Array && Buffer.compare(again, message) === 0, `${size}`);
    }
  });

  Deno.test(`decompress() refuses ${encoding} that becomes too large, or breaks off`, async () => {
    for (const size of SIZES) {
      const compressed = await compress(encoding, digits(size), wanted);
      assertEquals(await decompress(encoding, compressed, size - 1, wanted), "too large");
      const half = compressed.subarray(0, -1);
      assertEquals(await decompress(encoding, half, size, wanted), "broken", `${size}`);
    }
    assertEquals(decompress(encoding, new Uint8Array(), 0, wanted), "broken");
  });
}

Deno.test("compress() gives back what would not become smaller", async () => {
  for (const message of [digits(0), digits(20), ...SIZES.map(noise)]) {
    assertStrictEquals(await compress("gzip", message, wanted), message);
  }
});

Deno.test("compress() makes deflate as zlib has it, with its header (RFC 1950)", () => {
  const compressed = compress("deflate", digits(1000), wanted) as Uint8Array;
  assertEquals(inflateSync(compressed).length, 1000);
});

Deno.test("compress() and decompress() let others have turns while a message is large", async () => {
  const message = digits(3_000_000);
  let isDone = false;
  let turns = 0;
  const count = () => {
    turns++;
    if (!isDone) setTimeout(count);
  };
  setTimeout(count);
  const compressed = await compress("gzip", message, wanted);
  const meanwhile = turns;
  await decompress("gzip", compressed, message.length, wanted);
  isDone = true;
  assert(meanwhile > 2, `${meanwhile} turns while it compressed`);
  assert(turns - meanwhile > 2, `${turns - meanwhile} turns while it decompressed`);
  await new Promise((resolve) => setTimeout(resolve, 5));
});

Deno.test("compress() and decompress() give up what nobody wants any more", async () => {
  const message = digits(3_000_000);
  const compressed = await compress("gzip", message, wanted);
  assertStrictEquals(await compress("gzip", message, unwanted), message);
  const nothing = await decompress("gzip", compressed, message.length, unwanted);
  assert(typeof nothing === "string");
});

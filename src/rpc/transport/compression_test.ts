import { assert, assertEquals, assertLess, assertRejects, assertStrictEquals } from "@std/assert";
import { inflateSync } from "node:zlib";
import { type ErrorStatusName, RpcError } from "../status.ts";
import { compress, decompress, type Encoding, ENCODINGS } from "./compression.ts";

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

async function refuses(
  encoding: Encoding,
  bytes: Uint8Array,
  maxBytes: number,
  code: ErrorStatusName,
): Promise<void> {
  const error = await assertRejects(() => decompress(encoding, bytes, maxBytes, wanted), RpcError);
  assertEquals(error.code, code, `${bytes.length} bytes`);
}

for (const encoding of ENCODINGS) {
  Deno.test(`compress() gives what decompress() makes ${encoding} of again, whatever its size`, async () => {
    for (const size of SIZES) {
      const message = digits(size);
      const compressed = await compress(encoding, message, wanted);
      assertLess(compressed.length, size * 0.7);
      const again = await decompress(encoding, compressed, size, wanted);
      assert(Buffer.compare(again, message) === 0, `${size}`);
    }
  });

  Deno.test(`decompress() refuses ${encoding} that becomes too large, or breaks off`, async () => {
    for (const size of SIZES) {
      const compressed = await compress(encoding, digits(size), wanted);
      await refuses(encoding, compressed, size - 1, "RESOURCE_EXHAUSTED");
      await refuses(encoding, compressed.subarray(0, -1), size, "INTERNAL");
    }
    await refuses(encoding, new Uint8Array(), 0, "INTERNAL");
  });
}

Deno.test("compress() gives back what would not become smaller", async () => {
  for (const message of [digits(0), digits(20), ...SIZES.map(noise)]) {
    assertStrictEquals(await compress("gzip", message, wanted), message);
  }
});

Deno.test("compress() makes deflate as zlib has it, with its header (RFC 1950)", async () => {
  const compressed = await compress("deflate", digits(1000), wanted);
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
  await assertRejects(() => decompress("gzip", compressed, message.length, unwanted), RpcError);
});

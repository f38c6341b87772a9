import { assert, assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { MessageReader } from "./message_reader.ts";
import type { RequestMemory } from "./request_memory.ts";

const HEAD = {
  method: "POST",
  scheme: "http",
  authority: "",
  path: "/",
  contentLength: undefined,
};

/** A reader, and what it tells: `5` for a message of so many bytes, `end`, `INTERNAL: reason`. */
function reading(
  { maxBytes = 1000, encoding, max = 1_000_000, once = false }: {
    maxBytes?: number;
    encoding?: string;
    max?: number;
    /** Asks for one message only. */
    once?: boolean;
  } = {},
) {
  const told: string[] = [];
  const messages: Uint8Array[] = [];
  let consumed = 0;
  const changed = { resolve: () => {} };
  const memory: RequestMemory = {
    used: 0,
    max,
    maxMessage: maxBytes,
    onExceeded: () => told.push("exceeded"),
  };
  const fields = encoding === undefined ? [] : ["grpc-encoding", encoding];
  const head = { ...HEAD, fields };
  const reader: MessageReader = new MessageReader(
    { head, consumed: (bytes) => consumed += bytes },
    memory,
    {
      message(bytes) {
        messages.push(bytes);
        told.push(`${bytes.length}`);
        if (!once) reader.read();
        changed.resolve();
      },
      endOfMessages: () => told.push("end"),
    },
    ({ code, message }) => {
      told.push(`${code}: ${message}`);
      changed.resolve();
    },
  );
  reader.read();
  return {
    reader,
    told,
    messages,
    memory,
    consumed: () => consumed,
    data: (bytes: Uint8Array) => reader.data(bytes, 0, bytes.length),
    /** Resolves with the next message or refusal. */
    next: () => new Promise<void>((resolve) => changed.resolve = resolve),
  };
}

function framed(
  length: number,
  flag = 0,
  body: Uint8Array = new Uint8Array(length).fill(length),
): Uint8Array {
  return Uint8Array.of(flag, length >>> 24, length >>> 16, length >>> 8, length, ...body);
}

Deno.test("MessageReader reads messages however they are cut", () => {
  const all = Uint8Array.of(...framed(3), ...framed(0), ...framed(700), ...framed(5));
  for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 13, 100, 1000]) {
    const { reader, told, messages, memory, consumed, data } = reading();
    for (let at = 0; at < all.length; at += size) data(all.slice(at, at + size));
    reader.end();
    assertEquals(told, ["3", "0", "700", "5", "end"]);
    assert(messages.every((bytes) => bytes.every((byte) => byte === bytes.length % 256)));
    assertEquals([consumed(), memory.used], [all.length, 0]);
  }
});

Deno.test("MessageReader gives a message only when asked, and consumes nothing before", () => {
  const { reader, told, consumed, data } = reading({ once: true });
  data(framed(3));
  for (let i = 0; i < 100; i++) data(framed(2));
  reader.end();
  assertEquals([told, consumed()], [["3"], 8]);
  reader.read();
  assertEquals([told, consumed()], [["3", "2"], 15]);
});

Deno.test("MessageReader gives messages that outlive the buffer they came in", () => {
  const { messages, data } = reading();
  const buffer = framed(4);
  data(buffer);
  buffer.fill(0);
  assertEquals([...messages[0] ?? []], [4, 4, 4, 4]);
});

for (
  const [title, bytes, encoding, told] of [
    [
      "is larger than the limit",
      framed(1001),
      undefined,
      "RESOURCE_EXHAUSTED: The request of 1001 bytes is larger than the limit of 1000",
    ],
    [
      "claims 4 GiB",
      Uint8Array.of(0, 255, 255, 255, 255),
      undefined,
      "RESOURCE_EXHAUSTED: The request of 4294967295 bytes is larger than the limit of 1000",
    ],
    [
      "is compressed, and nobody said how",
      framed(1, 1),
      undefined,
      "INTERNAL: A message has flag 1 and encoding 'identity'",
    ],
    [
      "is compressed as nobody knows",
      framed(1, 1),
      "br",
      "UNIMPLEMENTED: The server does not know the encoding 'br'; it knows gzip and deflate",
    ],
    [
      "has an unknown flag",
      framed(1, 2),
      "gzip",
      "INTERNAL: A message has flag 2 and encoding 'gzip'",
    ],
    [
      "breaks off",
      framed(5).subarray(0, 7),
      undefined,
      "INTERNAL: The request ended inside a message",
    ],
    [
      "breaks off in its prefix",
      framed(5).subarray(0, 2),
      undefined,
      "INTERNAL: The request ended inside a message",
    ],
  ] as const
) {
  Deno.test(`MessageReader refuses a message that ${title}`, () => {
    const { reader, told: heard, memory, data } = reading(
      encoding === undefined ? {} : { encoding },
    );
    data(bytes);
    reader.end();
    data(framed(1));
    assertEquals([heard, memory.used], [[told], 0]);
  });
}

/** Zeros, compressed. */
function zipped(length: number): Uint8Array {
  const body = gzipSync(new Uint8Array(length));
  return framed(body.length, 1, body);
}

/** More than is decompressed at once. */
const LARGE = 1_000_000;

Deno.test("MessageReader decompresses messages of all sizes in order", async () => {
  const { reader, told, consumed, data, next } = reading({
    encoding: "gzip",
    maxBytes: LARGE,
    max: 10 * LARGE,
  });
  const all = Uint8Array.of(...zipped(LARGE), ...framed(2), ...zipped(900), ...zipped(0));
  data(all);
  reader.end();
  assertEquals(told, []);
  for (let compressed = 0; compressed < 3; compressed++) await next();
  assertEquals([told, consumed()], [[`${LARGE}`, "2", "900", "0", "end"], all.length]);
});

Deno.test("MessageReader says of each message whether it had been compressed", async () => {
  const { reader, data, next } = reading({ encoding: "gzip", once: true });
  const seen = [];
  data(Uint8Array.of(...framed(2), ...zipped(3), ...framed(4).subarray(0, 7)));
  for (let i = 0; i < 3; i++) {
    seen.push(reader.wasCompressed);
    reader.read();
    if (i === 0) await next();
  }
  assertEquals(seen, [false, true, true], "the third is not whole");
});

for (const maxBytes of [1000, LARGE]) {
  Deno.test(`MessageReader refuses what decompresses to more than ${maxBytes} bytes`, async () => {
    const { told, memory, data, next } = reading({ encoding: "gzip", maxBytes, max: 10 * LARGE });
    data(zipped(maxBytes + 1));
    await next();
    const reason = `A message decompresses to more than the limit of ${maxBytes} bytes`;
    assertEquals([told, memory.used], [[`RESOURCE_EXHAUSTED: ${reason}`], 0]);
  });
}

Deno.test("MessageReader refuses what cannot be decompressed", async () => {
  const broken = "INTERNAL: Cannot decompress a message";
  const small = reading({ encoding: "deflate" });
  small.data(framed(3, 1));
  await small.next();
  assertEquals(small.told, [broken]);
  const large = reading({ encoding: "gzip", maxBytes: LARGE, max: 10 * LARGE });
  const body = gzipSync(new Uint8Array(LARGE)).subarray(0, -1);
  large.data(framed(body.length, 1, body));
  await large.next();
  assertEquals(large.told, [broken]);
});

Deno.test("MessageReader forgets what is being decompressed when it is stopped", async () => {
  const { reader, told, data } = reading({ encoding: "gzip", maxBytes: LARGE });
  data(zipped(LARGE));
  reader.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(told, []);
});

Deno.test("MessageReader takes memory only for what has come, and no more than the connection has", () => {
  const { told, memory, data } = reading({ maxBytes: 10_000_000, max: 200_000 });
  const [, ...length] = framed(0x80_0000, 0, new Uint8Array());
  data(Uint8Array.of(0, ...length, 1, 2, 3));
  assertEquals(memory.used, 131_072);
  data(new Uint8Array(150_000));
  assertEquals(told, [
    "exceeded",
    "RESOURCE_EXHAUSTED: The connection has too many requests that are not whole",
  ]);
  assertEquals(memory.used, 0);
});

Deno.test("MessageReader counts a whole message until its request is complete, decompressed too", async () => {
  for (const encoding of [undefined, "gzip"] as const) {
    const { reader, memory, told, data, next } = reading({
      encoding: encoding ?? "identity",
      maxBytes: LARGE,
    });
    data(encoding ? zipped(10_000) : framed(10_000));
    if (encoding) await next();
    assertEquals([memory.used, told], [10_000, ["10000"]]);
    reader.end();
    assertEquals([memory.used, told.at(-1)], [0, "end"]);
  }
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { HpackDecoder, HpackError } from "./decoder.ts";

/** Header blocks as RFC 7541 has them in appendix C: hex, fields, and the table's size after each. */
const EXAMPLES: Readonly<Record<string, readonly (readonly [string, string[][], number])[]>> = {
  "C.2.1": [["400a637573746f6d2d6b65790d637573746f6d2d686561646572", [
    ["custom-key", "custom-header"],
  ], 55]],
  "C.2.2": [["040c2f73616d706c652f70617468", [[":path", "/sample/path"]], 0]],
  "C.2.3": [["100870617373776f726406736563726574", [["password", "secret"]], 0]],
  "C.2.4": [["82", [[":method", "GET"]], 0]],
  "C.3": requests(
    "828684410f7777772e6578616d706c652e636f6d",
    "828684be58086e6f2d6361636865",
    "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
  ),
  "C.4": requests(
    "828684418cf1e3c2e5f23a6ba0ab90f4ff",
    "828684be5886a8eb10649cbf",
    "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
  ),
  "C.5": responses(
    "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e" +
      "1768747470733a2f2f7777772e6578616d706c652e636f6d",
    "4803333037c1c0bf",
    "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d" +
      "4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b20766572" +
      "73696f6e3d31",
  ),
  "C.6": responses(
    "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b" +
      "97c8e9ae82ae43d3",
    "4883640effc1c0bf",
    "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdf" +
      "cd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
  ),
};

function requests(...hex: string[]): (readonly [string, string[][], number])[] {
  const common = (scheme: string, path: string) => [
    [":method", "GET"],
    [":scheme", scheme],
    [":path", path],
    [":authority", "www.example.com"],
  ];
  const [first = "", second = "", third = ""] = hex;
  return [
    [first, common("http", "/"), 57],
    [second, [...common("http", "/"), ["cache-control", "no-cache"]], 110],
    [third, [...common("https", "/index.html"), ["custom-key", "custom-value"]], 164],
  ];
}

function responses(...hex: string[]): (readonly [string, string[][], number])[] {
  const common = (status: string, second: number) => [
    [":status", status],
    ["cache-control", "private"],
    ["date", `Mon, 21 Oct 2013 20:13:${second} GMT`],
    ["location", "https://www.example.com"],
  ];
  const cookie = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";
  const [first = "", second = "", third = ""] = hex;
  return [
    [first, common("302", 21), 222],
    [second, common("307", 21), 222],
    [third, [...common("200", 22), ["content-encoding", "gzip"], ["set-cookie", cookie]], 215],
  ];
}

function decoder(maxTableSize = 4096, maxListSize = 65_536): HpackDecoder {
  return new HpackDecoder({ maxTableSize, maxListSize });
}

function decodeHex(decoder: HpackDecoder, hex: string): string[][] {
  const bytes = Uint8Array.fromHex(hex);
  const { fields } = decoder.decode(bytes, 0, bytes.length);
  return Array.from(
    { length: fields.length / 2 },
    (_, at) => [fields[2 * at] ?? "", fields[2 * at + 1] ?? ""],
  );
}

for (const [section, blocks] of Object.entries(EXAMPLES)) {
  Deno.test(`HpackDecoder reads the blocks of RFC 7541, appendix ${section}`, () => {
    const hpack = decoder(/^C\.[56]/.test(section) ? 256 : 4096);
    for (const [hex, fields, size] of blocks) {
      assertEquals(decodeHex(hpack, hex), fields);
      assertEquals(hpack.table.size, size);
    }
  });
}

const BROKEN: readonly (readonly [string, string, string])[] = [
  ["2.3.3: an index of no field", "be", "no field has the index 62"],
  ["4.2: a table larger than announced", "3fe21f", "a table of 4097 bytes, more than 4096"],
  ["4.2: a size update after a field", "8220", "a size update after a field"],
  ["5.1: an integer that has no end", "7fffffffffff00", "an integer of more than 28 bits"],
  ["5.1: an integer that breaks off", "ff", "a block that ends early"],
  ["5.2: a string longer than its block", "400a6375", "a string that goes beyond its block"],
  ["5.2: a string that is missing", "40", "a block that ends early"],
  ["5.2: padding of more than 7 bits", "00821fff0161", "a string whose Huffman code is broken"],
  ["5.2: padding of zeros", "0081180161", "a string whose Huffman code is broken"],
  ["5.2: EOS within a string", "0084ffffffff0161", "a string whose Huffman code is broken"],
  ["6.1: the index 0", "80", "no field has the index 0"],
];
for (const [title, hex, message] of BROKEN) {
  Deno.test(`HpackDecoder refuses ${title}`, () => {
    assertThrows(() => decodeHex(decoder(), hex), HpackError, message);
  });
}

Deno.test("HpackDecoder empties the table for a field that is larger (4.4)", () => {
  const hpack = decoder(64);
  decodeHex(hpack, "400a637573746f6d2d6b65790d637573746f6d2d686561646572");
  assertEquals([hpack.table.length, hpack.table.size], [1, 55]);
  decodeHex(hpack, `4001617f${"00"}${"61".repeat(127)}`);
  assertEquals([hpack.table.length, hpack.table.size], [0, 0]);
});

Deno.test("HpackDecoder shrinks and grows the table by size updates (6.3)", () => {
  const hpack = decoder();
  decodeHex(hpack, "400a637573746f6d2d6b65790d637573746f6d2d686561646572");
  decodeHex(hpack, "20");
  assertEquals(hpack.table.length, 0);
  decodeHex(hpack, "3fe11f400161016182");
  assertEquals(hpack.table.length, 1);
});

Deno.test("HpackDecoder stops to gather fields at the limit, and goes on to understand", () => {
  const hpack = decoder(4096, 100);
  // A field of 4,000 bytes enters the table, and is named 1,000 times: an HPACK bomb.
  const bomb = Uint8Array.of(0x40, 1, 97, 0x7f, 0xa1, 0x1e, ...new Uint8Array(4000).fill(97));
  const all = Uint8Array.of(...bomb, ...new Uint8Array(1000).fill(0xbe));
  const { fields, tooLarge } = hpack.decode(all, 0, all.length);
  assertEquals([fields.length, tooLarge], [0, true]);
  assertEquals(decodeHex(decoder(4096), "82"), [[":method", "GET"]]);
  assertEquals(hpack.table.length, 1);
});

Deno.test("HpackDecoder says by its table's version which blocks mean the same once more", () => {
  const hpack = decoder();
  const repeatable = (hex: string) => {
    const { version } = hpack.table;
    decodeHex(hpack, hex);
    return hpack.table.version === version;
  };
  assert(repeatable("8286"));
  assert(repeatable("040c2f73616d706c652f70617468"));
  assert(!repeatable("4001610161"), "it adds to the table");
  assert(!repeatable("20"), "it empties the table");
});

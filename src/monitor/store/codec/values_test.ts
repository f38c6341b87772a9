import { assertEquals, assertThrows } from "@std/assert";
import { seeded } from "../random_fixture.ts";
import { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { decodeValues, encodeValues } from "./values.ts";

function roundTrip(values: readonly number[]): { values: number[]; bytes: number } {
  const out = new ByteWriter(1);
  encodeValues(Float64Array.from(values), values.length, out);
  const into = new Float64Array(values.length + 1).fill(7);
  const reader = new ByteReader(out.written);
  decodeValues(reader, values.length, into, 1);
  assertEquals(reader.position, out.length);
  assertEquals(into[0], 7);
  return { values: [...into.subarray(1)], bytes: out.length };
}

const SPECIAL = [
  0,
  -0,
  1,
  -1,
  NaN,
  Infinity,
  -Infinity,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2.2250738585072014e-308,
  Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 53,
  2 ** 50,
  2 ** 50 + 1,
  -(2 ** 50),
  0.1,
  0.30000000000000004,
  1e-15,
  1e-16,
  123456789.123456,
  1e300,
];

const KINDS: Record<string, (random: () => number, i: number) => number> = {
  special: (random) => SPECIAL[Math.floor(random() * SPECIAL.length)] ?? 0,
  mostlyConstant: (random) => random() < 0.95 ? 42 : SPECIAL[Math.floor(random() * 23)] ?? 0,
  counter: (random, i) => i * 1_000 + Math.floor(random() * 300),
  bursts: (random, i) => Math.floor(i / 20) * 1e6 + (random() < 0.02 ? 1 : 0),
  decimals: (random) => Math.round(random() * 1e6) / 10 ** Math.floor(random() * 9),
  floats: (random) => random() * 10 ** (random() * 40 - 20),
  signed: (random) => Math.round((random() - 0.5) * 2 ** 51),
  anyBits(random) {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, random() * 2 ** 32);
    view.setUint32(4, random() * 2 ** 32);
    return view.getFloat64(0);
  },
};

for (const [kind, make] of Object.entries(KINDS)) {
  Deno.test(`encodeValues() gives every bit back: ${kind}`, () => {
    const random = seeded(kind.length);
    for (let round = 0; round < 200; round++) {
      const count = 1 + Math.floor(random() * 130);
      const values = Array.from({ length: count }, (_, i) => make(random, i));
      const back = roundTrip(values).values;
      values.forEach((value, i) => {
        if (!Object.is(back[i], value)) assertEquals(back[i], value, `round ${round}, index ${i}`);
      });
    }
  });
}

Deno.test("encodeValues() takes little for what is usual", () => {
  const at = (make: (i: number) => number) =>
    roundTrip(Array.from({ length: 120 }, (_, i) => make(i)));
  assertEquals(at(() => 0.005).bytes, 9);
  assertEquals(at((i) => i * 15).bytes < 10, true);
  assertEquals(at((i) => 1e6 + Math.floor(i / 10)).bytes < 40, true);
  assertEquals(at((i) => (1234 + i * 5 + i % 3) / 100).bytes < 120, true);
});

Deno.test("decodeValues() refuses what is cut off or of an unknown form", () => {
  const out = new ByteWriter();
  encodeValues(Float64Array.of(1, 2.5, NaN), 3, out);
  const into = new Float64Array(3);
  for (let length = 0; length < out.length; length++) {
    const reader = new ByteReader(out.written.slice(0, length));
    assertThrows(() => decodeValues(reader, 3, into, 0), RangeError);
  }
  assertThrows(() => decodeValues(new ByteReader(Uint8Array.of(9)), 1, into, 0), RangeError, "9");
});

import { assertEquals } from "@std/assert";
import { SeededRandom } from "../../testing/fuzz.ts";
import { canonicalNumber, parseNumber } from "./numbers.ts";

const parse = (text: string) => parseNumber(`<${text}>`, 1, 1 + text.length);

Deno.test("parseNumber() reads what Go does, but for hexadecimal and underscores", () => {
  const numbers: Record<string, number> = {
    "0": 0,
    "-0": -0,
    "+5": 5,
    "007": 7,
    ".5": 0.5,
    "5.": 5,
    "-.5e-3": -0.0005,
    "1.e5": 1e5,
    "1E+2": 100,
    "123456789012345": 123456789012345,
    "1234567890.12345": 1234567890.12345,
    "12345678901234567890": 12345678901234567890,
    "0.1000000000000000055511151231257827": 0.1,
    "4.9e-324": 5e-324,
    "1e-999": 0,
    "1.7976931348623157e308": Number.MAX_VALUE,
    "inf": Infinity,
    "+Inf": Infinity,
    "-iNfInItY": -Infinity,
    "NaN": NaN,
    "nan": NaN,
  };
  for (const [text, number] of Object.entries(numbers)) assertEquals(parse(text), number, text);
});

Deno.test("parseNumber() says why a text is no number", () => {
  for (
    const text of ["", "+", ".", "-.", "e5", "1e", "1e+", "1.2.3", "--1", "1 ", "0x10", "0x1p3"]
      .concat("1_000", "+NaN", "-nan", "infinit", "Inf1", "∞", "١", "1,5", "1n", "0b1", "true")
  ) {
    assertEquals(parse(text), "is not a number", text);
  }
  for (const text of ["1e309", "-1e999", "1.7976931348623159e308", "9".repeat(400)]) {
    assertEquals(parse(text), "is out of range", text);
  }
});

Deno.test("parseNumber() reads any number as the nearest double", () => {
  const random = new SeededRandom(7);
  for (let i = 0; i < 20_000; i++) {
    const digits = `${random.below(2 ** 30)}${random.below(2 ** 30)}`.slice(
      0,
      1 + random.below(19),
    );
    const point = random.below(digits.length + 1);
    const text = `${random.pick(["", "-"])}${digits.slice(0, point)}.${digits.slice(point)}`;
    assertEquals(parse(text), Number(text), text);
  }
});

Deno.test("canonicalNumber() writes le and quantile as Prometheus 3 stores them", () => {
  const cases: Record<string, string> = {
    "1": "1.0",
    "0": "0.0",
    "-0": "0.0",
    "-1": "-1.0",
    "0.5": "0.5",
    "1.50": "1.5",
    "25": "25.0",
    "100000": "100000.0",
    "999999.5": "999999.5",
    "1000000": "1e+06",
    "1234567": "1.234567e+06",
    "-2e21": "-2e+21",
    "1e100": "1e+100",
    "0.0001": "0.0001",
    "0.00005": "5e-05",
    "1.5e-10": "1.5e-10",
    "+Inf": "+Inf",
    "inf": "+Inf",
    "-Inf": "-Inf",
    "nan": "NaN",
    "1e999": "1e999",
    "": "",
    "fast": "fast",
    "1_000": "1000.0",
    "1_0.2_5e1_0": "1.025e+11",
    "_1": "_1",
    "1__0": "1__0",
    "1_": "1_",
  };
  for (const [text, canonical] of Object.entries(cases)) {
    assertEquals(canonicalNumber(text), canonical, text);
  }
});

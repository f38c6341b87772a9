import { assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { parseExposition } from "./exposition.ts";
import { ExpositionError } from "./exposition_error.ts";
import type { ParsedSample } from "./model.ts";
import { OPENMETRICS_PAGE, OPENMETRICS_TYPE, TEXT_PAGE, TEXT_TYPE } from "./pages_fixture.ts";
import { SeriesMemory } from "./series_memory.ts";

function page(names: readonly string[], value: number): string {
  return names.map((name) => `m{name="${name}"} ${value}\n`).join("");
}

function parse(text: string, memory: SeriesMemory): readonly ParsedSample[] {
  return parseExposition(text, TEXT_TYPE, { memory }).samples;
}

Deno.test("SeriesMemory changes nothing of what is read", () => {
  const pages = [TEXT_PAGE, OPENMETRICS_PAGE];
  const memory = new SeriesMemory();
  for (const text of [...pages, ...pages, TEXT_PAGE, TEXT_PAGE]) {
    const type = text === TEXT_PAGE ? TEXT_TYPE : OPENMETRICS_TYPE;
    assertEquals(parseExposition(text, type, { memory }), parseExposition(text, type));
  }
});

Deno.test("SeriesMemory gives a series the same labels at every scrape", () => {
  const memory = new SeriesMemory();
  const first = parse(page(["a", "b", "c", "d"], 1), memory);
  const second = parse(page(["x", "d", "b", "c"], 2), memory);
  const labels = (samples: readonly ParsedSample[], name: string) =>
    samples.find((sample) => sample.labels[0]?.[1] === name)?.labels;
  for (const name of ["b", "c", "d"]) {
    assertStrictEquals(labels(second, name), labels(first, name), name);
  }
  assertEquals(second.map(({ labels, value }) => [labels[0]?.[1], value]), [
    ["x", 2],
    ["d", 2],
    ["b", 2],
    ["c", 2],
  ]);
});

Deno.test("SeriesMemory holds the series of the last page alone", () => {
  const memory = new SeriesMemory();
  for (let scrape = 0; scrape < 20; scrape++) {
    const names = Array.from({ length: 10 }, (_, i) => `${scrape * 5 + i}`);
    parse(page([...names, "twice", "twice"], scrape), memory);
    assertEquals(memory.size, 11);
  }
});

Deno.test("SeriesMemory forgets after a page that could not be read", () => {
  const memory = new SeriesMemory();
  const [before] = parse(page(["a"], 1), memory);
  for (let scrape = 0; scrape < 20; scrape++) {
    assertThrows(() => parse(`${page([`${scrape}`], 1)}!`, memory), ExpositionError);
    assertEquals(memory.size <= 2, true, `${memory.size} series`);
  }
  const [after] = parse(page(["a"], 1), memory);
  assertEquals(after, before);
  assertNotStrictEquals(after?.labels, before?.labels);
  assertEquals(memory.size, 1);
});

Deno.test("SeriesMemory takes no series for another whose name begins alike", () => {
  const memory = new SeriesMemory();
  parse("m 1\nn 1\no 1\n", memory);
  assertEquals(
    parse('m_total 1\nm {a="b"} 2\nm\t3\nn{} 4\nm{a="b"}5\n', memory),
    [
      { name: "m_total", labels: [], value: 1 },
      { name: "m", labels: [["a", "b"]], value: 2 },
      { name: "m", labels: [], value: 3 },
      { name: "n", labels: [], value: 4 },
      { name: "m", labels: [["a", "b"]], value: 5 },
    ],
  );
});

Deno.test("SeriesMemory reads le anew when the type has changed", () => {
  const memory = new SeriesMemory();
  const le = (type: string) => parse(`# TYPE m ${type}\nm{le="1"} 1\n`, memory)[0]?.labels[0]?.[1];
  assertEquals(["gauge", "histogram", "histogram", "gauge"].map(le), ["1", "1.0", "1.0", "1"]);
});

Deno.test("SeriesMemory judges a page by its own format when that has changed", () => {
  const memory = new SeriesMemory();
  const line = 'm{a="1" b="2"} 1\n';
  parse(line, memory);
  assertThrows(
    () => parseExposition(`${line}# EOF\n`, OPENMETRICS_TYPE, { memory }),
    ExpositionError,
    "expected ',' or '}'",
  );
});

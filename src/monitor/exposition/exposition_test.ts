import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parseExposition, parseExpositionInSlices } from "./exposition.ts";
import { ExpositionError } from "./exposition_error.ts";
import { OPENMETRICS_PAGE, OPENMETRICS_TYPE, TEXT_PAGE, TEXT_TYPE } from "./pages_fixture.ts";
import { SeriesMemory } from "./series_memory.ts";

Deno.test("parseExposition() goes by the Content-Type", () => {
  assertThrows(() => parseExposition(TEXT_PAGE, OPENMETRICS_TYPE), ExpositionError, "line 5");
  assertThrows(() => parseExposition(OPENMETRICS_PAGE, TEXT_TYPE), ExpositionError, "line 4");
  assertThrows(() => parseExposition(TEXT_PAGE, null), ExpositionError, "Content-Type");
  assertEquals(
    parseExposition(OPENMETRICS_PAGE, null, { fallback: "openmetrics" }),
    parseExposition(OPENMETRICS_PAGE, OPENMETRICS_TYPE),
  );
});

Deno.test("parseExposition() refuses a page that is cut off in a line", () => {
  const page = 'm{a="b"} 1 2\n';
  for (let length = 1; length < page.length; length++) {
    const cut = page.slice(0, length);
    if (["m 1", 'm{a="b"} 1', 'm{a="b"} 1 ', 'm{a="b"} 1 2'].includes(cut)) continue;
    assertThrows(() => parseExposition(cut, TEXT_TYPE), ExpositionError, "line 1", cut);
  }
  for (let length = 0; length < OPENMETRICS_PAGE.length - 1; length++) {
    assertThrows(
      () => parseExposition(OPENMETRICS_PAGE.slice(0, length), OPENMETRICS_TYPE),
      ExpositionError,
    );
  }
});

Deno.test("parseExpositionInSlices() reads the same, with a pause at every few hundred lines", async () => {
  for (const [text, type] of [[TEXT_PAGE, TEXT_TYPE], [OPENMETRICS_PAGE, OPENMETRICS_TYPE]]) {
    assertEquals(
      await parseExpositionInSlices(text ?? "", type ?? "", () => undefined),
      parseExposition(text ?? "", type ?? ""),
    );
  }
  const page = Array.from({ length: 5_000 }, (_, i) => `m{i="${i}"} ${i}\n`).join("");
  let pauses = 0;
  let turns = 0;
  const memory = new SeriesMemory();
  const sliced = await parseExpositionInSlices(page, TEXT_TYPE, () => {
    pauses++;
    return pauses % 2 === 0 ? Promise.resolve().then(() => void turns++) : undefined;
  }, { memory });
  assertEquals(sliced, parseExposition(page, TEXT_TYPE));
  assert(pauses >= 10 && pauses <= 50, `${pauses} pauses`);
  assertEquals(turns, Math.floor(pauses / 2), "a promise is awaited");
});

Deno.test("parseExpositionInSlices() reads the same of a page in pieces, faults included", async () => {
  const pages = [
    [TEXT_PAGE, TEXT_TYPE],
    [OPENMETRICS_PAGE, OPENMETRICS_TYPE],
    ['a 1\nb{c="d\ne\n\nf",g="h\n"} 2\n# HELP "i\nj" k\n\nl 3', TEXT_TYPE],
    ['{"a\nb"} 1\n# TYPE "c\nd" counter\ne 1\n# EOF\n', OPENMETRICS_TYPE],
    ['a 1\nb{c="d\n\ne', TEXT_TYPE],
    ['a 1\nb{c="d\n\ne"} x\nf 1\n', TEXT_TYPE],
    ["a 1\n\n\nb{\nc 1\n", TEXT_TYPE],
    ["a 1\n# EOF\nb 1\n", OPENMETRICS_TYPE],
    ["a 1\nb 1\n", OPENMETRICS_TYPE],
    ["a 1\n# EOF", OPENMETRICS_TYPE],
  ] as const;
  for (const [page, type] of pages) {
    const lines = page.split(/(?<=\n)/);
    for (const size of [1, 2, 3, lines.length]) {
      const pieces = Array.from(
        { length: Math.ceil(lines.length / size) },
        (_, i) => lines.slice(i * size, (i + 1) * size).join(""),
      );
      const read = parseExpositionInSlices(pieces, type, () => undefined);
      const outcome = await read.catch((error) => [error.message, error.line, error.column]);
      assertEquals(outcome, wholeOutcome(page, type), `${JSON.stringify(page)} by ${size}`);
    }
  }
});

function wholeOutcome(page: string, type: string) {
  try {
    return parseExposition(page, type);
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    return [error.message, error.line, error.column];
  }
}

Deno.test("parseExpositionInSlices() pauses after long lines, and among a family's times of creation", async () => {
  const long = Array.from({ length: 20 }, (_, i) => `m{i="${"x".repeat(100_000)}${i}"} 1\n`);
  const created = Array.from({ length: 5_000 }, (_, i) => `c_created{i="${i}"} 1\n`).join("");
  const counters = created.replaceAll("_created", "_total");
  const pages = [
    [long.join(""), TEXT_TYPE, 20],
    [`# TYPE c counter\n${counters}${created}# EOF\n`, OPENMETRICS_TYPE, 60],
  ] as const;
  for (const [page, type, least] of pages) {
    let pauses = 0;
    const read = await parseExpositionInSlices(page, type, () => void pauses++);
    assert(pauses >= least, `${pauses} pauses`);
    assertEquals(read, parseExposition(page, type));
  }
});

Deno.test("parseExpositionInSlices() rejects for a fault, and when the pause does", async () => {
  const page = `${"m 1\n".repeat(1_000)}m\n`;
  await assertRejects(
    () => parseExpositionInSlices(page, TEXT_TYPE, () => undefined),
    ExpositionError,
    "line 1001, column 2",
  );
  await assertRejects(
    () => parseExpositionInSlices(page, TEXT_TYPE, () => Promise.reject(new Error("aborted"))),
    Error,
    "aborted",
  );
  await assertRejects(
    () => parseExpositionInSlices(page, null, () => undefined),
    ExpositionError,
    "Content-Type",
  );
});

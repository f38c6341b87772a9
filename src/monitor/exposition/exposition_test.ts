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

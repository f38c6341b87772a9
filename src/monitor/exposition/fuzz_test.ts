import { assert, assertEquals } from "@std/assert";
import { mutate, SeededRandom } from "../../testing/fuzz.ts";
import { parseExposition } from "./exposition.ts";
import { ExpositionError } from "./exposition_error.ts";
import type { Exposition } from "./model.ts";
import { OPENMETRICS_PAGE, OPENMETRICS_TYPE, TEXT_PAGE, TEXT_TYPE } from "./pages_fixture.ts";
import { SeriesMemory } from "./series_memory.ts";

const PAGES = 20_000;

/** A whole page now and then, mostly some of its lines: a fault in few lines is more often the first. */
function pageOf(random: SeededRandom, page: string, end: string): string {
  if (random.below(4) === 0) return page;
  const lines = page.split("\n").filter((line) => line !== "# EOF");
  const some = Array.from({ length: 1 + random.below(4) }, () => random.pick(lines));
  return `${some.join("\n")}\n${end}`;
}

function tryParse(
  text: string,
  type: string,
  memory?: SeriesMemory,
): Exposition | ExpositionError {
  try {
    return parseExposition(text, type, memory === undefined ? {} : { memory });
  } catch (error) {
    if (error instanceof ExpositionError) return error;
    throw new Error(`Something else than ExpositionError for ${JSON.stringify(text)}`, {
      cause: error,
    });
  }
}

Deno.test(`parseExposition() reads or refuses ${PAGES} pages with faults, and never fails otherwise`, () => {
  const random = new SeededRandom(8);
  const memories = { [TEXT_TYPE]: new SeriesMemory(), [OPENMETRICS_TYPE]: new SeriesMemory() };
  let refused = 0;
  for (let i = 0; i < PAGES; i++) {
    const type = i % 2 === 0 ? TEXT_TYPE : OPENMETRICS_TYPE;
    const text = mutate(
      random,
      type === TEXT_TYPE
        ? pageOf(random, TEXT_PAGE, "")
        : pageOf(random, OPENMETRICS_PAGE, "# EOF\n"),
    );
    const page = tryParse(text, type);
    assertEquals(
      tryParse(text, type, memories[type]),
      page,
      `with a memory: ${JSON.stringify(text)}`,
    );
    if (page instanceof ExpositionError) {
      refused++;
      const lines = text.split("\n");
      const line = lines[page.line - 1];
      assert(line !== undefined, `line ${page.line} of ${JSON.stringify(text)}`);
      assert(page.column >= 1 && page.column <= line.length + 1, `${page} ${JSON.stringify(text)}`);
    } else {
      for (const { name, labels, value } of page.samples) {
        assert(name !== "" && typeof value === "number", JSON.stringify(text));
        assertEquals(new Set(labels.map(([name]) => name)).size, labels.length);
      }
    }
  }
  assert(refused > PAGES / 10 && refused < PAGES * 0.9, `${refused} of ${PAGES} pages refused`);
});

Deno.test("parseExposition() takes time in proportion to a page, however odd that is", () => {
  const size = 200_000;
  for (
    const text of [
      "{".repeat(size),
      '"'.repeat(size),
      `m{a="${"\\".repeat(size)}`,
      `m{${'a="'.repeat(size)}`,
      `m ${"1".repeat(size)}`,
      `m ${"1".repeat(size)}x`,
      `m 1 ${"0".repeat(size)}`,
      `m{${Array.from({ length: size / 10 }, (_, i) => `a${i}="",`).join("")}} 1`,
      `m ${"1e".repeat(size)}`,
      `m 1 ${"9".repeat(size / 10)}`,
      " ".repeat(size),
      "#".repeat(size),
      "# HELP ".repeat(size),
      `# HELP m ${"\\".repeat(size)}`,
      "\n".repeat(size),
    ]
  ) {
    for (const type of [TEXT_TYPE, OPENMETRICS_TYPE]) tryParse(text, type);
  }
  const type = `text/plain${"; a".repeat(size)}`;
  assert(tryParse("m 1", type) instanceof ExpositionError);
});

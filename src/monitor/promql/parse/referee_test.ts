import { assertEquals } from "@std/assert";
import { syntaxErrors } from "../../../dashboards/syntax.ts";
import { mutate, SeededRandom } from "../../../testing/fuzz.ts";
import { parseQuery } from "./mod.ts";
import { QUERIES } from "./queries_fixture.ts";

/** What Prometheus takes and its editor's grammar does not, or not yet. */
const UNKNOWN_TO_GRAMMAR = /[^ -~\n]|\.[^0-9]|[A-Z]|_of\b|#|^\s*offset|\(:/;

Deno.test("parseQuery() takes no text for a query that the grammar of Prometheus' editor refuses", () => {
  const random = new SeededRandom(315);
  for (let i = 0; i < 5000; i++) {
    const query = i < QUERIES.length ? QUERIES[i] ?? "" : mutate(random, random.pick(QUERIES));
    if (UNKNOWN_TO_GRAMMAR.test(query)) continue;
    try {
      parseQuery(query, { unicodeNames: false });
    } catch {
      continue;
    }
    assertEquals(syntaxErrors(query), [], query);
  }
});

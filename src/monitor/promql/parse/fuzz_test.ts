import { assertInstanceOf } from "@std/assert";
import { mutate, SeededRandom } from "../../../testing/fuzz.ts";
import { ParseError } from "../errors.ts";
import { formatQuery } from "../print/mod.ts";
import { parseQuery } from "./mod.ts";
import { QUERIES } from "./queries_fixture.ts";

Deno.test("parseQuery() gives a tree or a ParseError for any text, and its print parses", () => {
  const random = new SeededRandom(8);
  const pieces = ["(", ")", "[5m:1m]", "{", "}", " offset -(1m)", " by (a)", "step()", "^", "\\x"];
  for (let i = 0; i < 20_000; i++) {
    const query = mutate(random, random.pick(QUERIES)) +
      (random.below(4) === 0 ? random.pick(pieces) + random.pick(QUERIES) : "");
    let isQuery = false;
    try {
      parseQuery(query, {});
      isQuery = true;
    } catch (error) {
      assertInstanceOf(error, ParseError, query);
    }
    if (isQuery) parseQuery(formatQuery(query), {});
  }
});

import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../../testing/programs.ts";
import { QUERIES } from "../parse/queries_fixture.ts";
import { formatQuery } from "./mod.ts";

testWithProgram("promtool", "formatQuery() is held against promtool", async (promtool, t) => {
  const isKnown = await run(promtool, "up") !== undefined;
  await t.step({
    name: "formatQuery() formats as promtool does" +
      (isKnown ? "" : " (needs a promtool that knows `promql format`; Debian's is older)"),
    ignore: !isKnown,
    async fn() {
      for (const query of [...QUERIES, longQuery(QUERIES)]) {
        assertEquals(await run(promtool, query), formatQuery(query), query);
      }
    },
  });
});

/** All vectors in one. */
function longQuery(queries: readonly string[]): string {
  return queries.filter((query) => /^[\w:]+(?:$|\{)|^sum|^rate|^histogram/.test(query))
    .join(" or ");
}

async function run(promtool: string, query: string): Promise<string | undefined> {
  const { success, stdout } = await new Deno.Command(promtool, {
    args: ["--experimental", "promql", "format", "--", query],
    stderr: "null",
  }).output();
  return success ? new TextDecoder().decode(stdout).replace(/\n$/, "") : undefined;
}

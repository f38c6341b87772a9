import { assert, assertEquals } from "@std/assert";
import { runTask } from "../../testing/tasks.ts";
import { testWith } from "../../testing/permissions.ts";
import { PAGE } from "./embedded.ts";

testWith(["run", "read", "env"], "what is served is what src/web bundles to", async () => {
  const { code, output } = await runTask("page", { "generate.ts": "generate.ts --check" });
  assertEquals(code, 0, output);
});

Deno.test("the page's code does not know Deno", () => {
  assert(!/\bDeno\b/.test(PAGE["page.js"]), "a server module or a test helper is in the bundle");
});

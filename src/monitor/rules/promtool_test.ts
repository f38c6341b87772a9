import { assert, assertEquals } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { readPromtoolFile, runPromtoolTest } from "./promtool_fixture.ts";
import { loadRules } from "./rule_file.ts";

const TESTS = new URL("../../../dashboards/tests/", import.meta.url);

testWith(["read"], "RuleEvaluator's groups pass the tests that promtool passes", async (t) => {
  let looks = 0;
  for (const { name } of Deno.readDirSync(TESTS)) {
    const file = readPromtoolFile(Deno.readTextFileSync(new URL(name, TESTS)));
    const groups = loadRules(
      file.rule_files.map((path) => ({
        name: path,
        yaml: Deno.readTextFileSync(new URL(path, TESTS)),
      })),
    );
    for (const test of file.tests) {
      await t.step(`${name}: ${test.name ?? ""}`, async () => {
        for (
          const look of await runPromtoolTest(test, groups, file.evaluation_interval)
        ) {
          assertEquals(look.found, look.expected, look.where);
          looks++;
        }
      });
    }
  }
  assert(looks > 0);
});

import { assertEquals } from "@std/assert";
import { applyOverrides, type FieldIdentity, fieldName } from "./overrides.ts";

const ERRORS: FieldIdentity = {
  name: "errors",
  refId: "B",
  labels: { job: "echo" },
  reduced: (calculation) => calculation === "max" ? 5 : 0,
};

const MATCHERS: readonly (readonly [string, unknown, boolean])[] = [
  ["byName", "errors", true],
  ["byName", "err", false],
  ["byNames", { names: ["errors"] }, true],
  ["byNames", { names: ["calls"], mode: "exclude" }, true],
  ["byRegexp", "/^err/", true],
  ["byRegexp", "/^ERR/i", true],
  ["byRegexp", "rors", true],
  ["byRegexp", "/(/", false],
  ["byRegexpOrNames", { pattern: "x", names: ["errors"] }, true],
  ["byType", "number", true],
  ["byType", "string", false],
  ["byTypes", ["string", "number"], true],
  ["byFrameRefID", "B", true],
  ["byFrameRefID", "A", false],
  ["byValue", { reducer: "max", op: "gte", value: 5 }, true],
  ["byValue", { reducer: "max", op: "lt", value: 5 }, false],
  ["unknown", "errors", false],
];

for (const [id, options, matches] of MATCHERS) {
  Deno.test(`applyOverrides() by ${id} ${JSON.stringify(options)}: ${matches}`, () => {
    const overrides = [{ matcher: { id, options }, properties: [{ id: "unit", value: "s" }] }];
    const { unit } = applyOverrides(ERRORS, { defaults: { unit: "short" }, overrides });
    assertEquals(unit, matches ? "s" : "short");
  });
}

Deno.test("applyOverrides() sets what is inside of custom, and leaves the defaults as they are", () => {
  const defaults = { custom: { lineWidth: 1, stacking: { mode: "normal", group: "A" } } };
  const overrides = [{
    matcher: { id: "byName", options: "errors" },
    properties: [
      { id: "custom.lineWidth", value: 3 },
      { id: "custom.stacking.mode", value: "none" },
      { id: "max", value: 1 },
    ],
  }];
  const changed = applyOverrides(ERRORS, { defaults, overrides });
  assertEquals(changed, {
    max: 1,
    custom: { lineWidth: 3, stacking: { mode: "none", group: "A" } },
  });
  assertEquals(defaults.custom, { lineWidth: 1, stacking: { mode: "normal", group: "A" } });
});

Deno.test("fieldName() fills in labels and the series' name", () => {
  const named = (displayName: string) => fieldName(ERRORS, { displayName });
  assertEquals(named("${__field.labels.job}: ${__series.name}"), "echo: errors");
  assertEquals(named('${__field.labels["job"]}'), "echo");
  assertEquals(named("${__field.labels}"), 'job="echo"');
  assertEquals(named("${__field.labels.none}!"), "!");
  assertEquals(fieldName(ERRORS, {}), "errors");
});

import { assertEquals } from "@std/assert";
import type { Variable } from "./dashboard.ts";
import { referencedNames } from "./interpolate.ts";
import { readVariables } from "./read_variables.ts";
import { inOrderOfNeed, scopeOf, selectionOf } from "./selection.ts";

const OPTIONS = ["a", "b", "c"].map((value) => ({ text: value, value }));

function variable(more: object = {}): Variable {
  const [read] = readVariables([{ name: "v", type: "query", ...more }]);
  if (read === undefined) throw new Error("no variable");
  return read;
}

function chosen(of: Variable, values: string[] | undefined, options = OPTIONS) {
  const { choices, all } = selectionOf(of, values, options);
  return all ? "all" : choices.map(({ value }) => value).join();
}

Deno.test("selectionOf() prefers the URL, then the file, then All or the first option", () => {
  const file = { current: { text: "b", value: "b" } };
  const multi = { multi: true, includeAll: true };
  assertEquals(chosen(variable(file), ["c"]), "c");
  assertEquals(chosen(variable(file), ["other"]), "other");
  assertEquals(chosen(variable(file), undefined), "b");
  assertEquals(chosen(variable({ current: { value: "gone" } }), undefined), "a");
  assertEquals(chosen(variable({ ...multi, current: { value: ["gone"] } }), undefined), "all");
  assertEquals(chosen(variable({ ...multi }), ["a", "c"]), "a,c");
  assertEquals(chosen(variable({ ...multi }), ["$__all"]), "all");
  assertEquals(chosen(variable({ ...multi }), ["All"]), "all");
});

Deno.test("selectionOf() takes the file's value while no options are known", () => {
  assertEquals(chosen(variable({ current: { value: "b" } }), undefined, []), "b");
});

Deno.test("selectionOf() makes All every option, and keeps what All is in a query", () => {
  const { choices, allValue } = selectionOf(
    variable({ includeAll: true, allValue: ".*" }),
    ["$__all"],
    OPTIONS,
  );
  assertEquals(choices, OPTIONS);
  assertEquals(allValue, ".*");
});

Deno.test("selectionOf() lets a text be anything", () => {
  assertEquals(chosen(variable({ type: "textbox", query: "x" }), undefined, []), "x");
  assertEquals(chosen(variable({ type: "textbox", query: "x" }), ["y z"], []), "y z");
});

Deno.test("scopeOf() knows the page's data source without asking", () => {
  const variables = readVariables([{ name: "ds", type: "datasource", query: "prometheus" }]);
  const { choices } = scopeOf(variables, new Map(), new Map()).variables.get("ds") ?? {};
  assertEquals(choices, [{ text: "Prometheus", value: "prometheus" }]);
});

Deno.test("inOrderOfNeed() puts a variable after those that its query names, also in a circle", () => {
  const variables = readVariables([
    { name: "pod", query: 'label_values(up{job="$job"}, pod)' },
    { name: "job", query: "label_values(up, job)" },
    { name: "x", query: "$y" },
    { name: "y", query: "$x" },
  ]);
  assertEquals(inOrderOfNeed(variables, referencedNames).map(({ name }) => name), [
    "job",
    "pod",
    "y",
    "x",
  ]);
});

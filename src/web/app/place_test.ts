import { assertEquals } from "@std/assert";
import { urlOf, variableValues, withChanges } from "./place.ts";

Deno.test("withChanges() sets, repeats and removes parameters and keeps the others", () => {
  const before = new URLSearchParams("from=now-1h&var-job=a&theme=dark");
  const after = withChanges(before, { "var-job": ["b", "c"], from: undefined, to: "now" });
  assertEquals(after.toString(), "theme=dark&var-job=b&var-job=c&to=now");
  assertEquals(before.get("from"), "now-1h");
});

Deno.test("urlOf() writes Grafana's names as people know them, and reads back the same", () => {
  const parameters = new URLSearchParams({ "var-job": "$__all", from: "now/d", a: "x&y=z+1" });
  const url = urlOf("/d/echo", parameters);
  assertEquals(url, "/d/echo?var-job=$__all&from=now/d&a=x%26y%3Dz%2B1");
  assertEquals([...new URL(url, "http://page").searchParams], [...parameters]);
  assertEquals(urlOf("/", new URLSearchParams()), "/");
});

Deno.test("variableValues() gathers the values of each variable", () => {
  const values = variableValues(new URLSearchParams("var-a=1&var-b=x&from=now&var-a=2"));
  assertEquals([...values], [["a", ["1", "2"]], ["b", ["x"]]]);
});

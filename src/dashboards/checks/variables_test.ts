import { assertEquals } from "@std/assert";
import { dashboard, panel, said, withPanel } from "./fixture.ts";
import { checkVariables } from "./variables.ts";

Deno.test("checkVariables() takes defined variables, Grafana's own, and one that a panel repeats by", () => {
  assertEquals(checkVariables(dashboard), []);
  const list = [...dashboard.templating?.list ?? [], { name: "pod", type: "query", query: "up" }];
  const repeated = [{ ...panel, repeat: "pod" }];
  assertEquals(checkVariables({ ...dashboard, templating: { list }, panels: repeated }), []);
});

Deno.test("checkVariables() finds variables that are not defined, wherever they are used", () => {
  assertEquals(said(checkVariables(withPanel({ title: "Calls of ${pod:text} by $job" }))), [
    "it uses the variable 'pod' and has none",
  ]);
});

Deno.test("checkVariables() finds variables that nothing uses", () => {
  const list = [...dashboard.templating?.list ?? [], { name: "pod", type: "query", query: "$pod" }];
  assertEquals(said(checkVariables({ ...dashboard, templating: { list } })), [
    "it has the variable 'pod' and does not use it",
  ]);
});

Deno.test("checkVariables() finds a refresh that Grafana does not know", () => {
  const list = (dashboard.templating?.list ?? []).map((one) => ({ ...one, refresh: "time" }));
  assertEquals(
    said(checkVariables({ ...dashboard, templating: { list } })),
    list.map(({ name }) =>
      `its variable '${name}' has the refresh 'time', which must be 0, 1 or 2`
    ),
  );
});

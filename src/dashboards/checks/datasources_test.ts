import { assertEquals } from "@std/assert";
import { checkDatasources } from "./datasources.ts";
import { dashboard, said, withPanel } from "./fixture.ts";

Deno.test("checkDatasources() takes data by variable, and Grafana's own annotations", () => {
  const list = [...dashboard.annotations?.list ?? [], {
    name: "Own",
    datasource: { uid: "grafana" },
  }];
  assertEquals(checkDatasources({ ...dashboard, annotations: { list } }), []);
});

Deno.test("checkDatasources() finds queries of one fixed data source", () => {
  const fixed = { type: "prometheus", uid: "P1809F7CD0C75ACF3" };
  const what =
    "its data source is 'P1809F7CD0C75ACF3' (prometheus), not '${datasource}' (prometheus)";
  assertEquals(said(checkDatasources(withPanel({ datasource: fixed }))), [what]);
  const targets = [{ refId: "A", expr: "up", datasource: fixed }];
  assertEquals(said(checkDatasources(withPanel({ targets }))), [what]);
  const list = [{ name: "Starts", expr: "up", datasource: fixed }];
  assertEquals(said(checkDatasources({ ...dashboard, annotations: { list } })), [what]);
});

Deno.test("checkDatasources() finds a variable that is missing or starts with another uid", () => {
  assertEquals(checkDatasources({ ...dashboard, templating: { list: [] } }).length, 1);
  const variable = { name: "datasource", type: "datasource", query: "prometheus" };
  assertEquals(
    said(checkDatasources({
      ...dashboard,
      templating: { list: [{ ...variable, current: { value: "default" } }] },
    })),
    ["it starts with 'default', not with the uid 'prometheus' that is provisioned"],
  );
});

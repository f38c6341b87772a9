import { assert, assertEquals } from "@std/assert";
import { load } from "js-yaml";
import { DASHBOARDS, RULES } from "./embedded.ts";
import { EXPORT_FORMATS, exportFiles } from "./export.ts";

// deno-lint-ignore no-explicit-any -- any document
function documents(format: typeof EXPORT_FORMATS[number]): any[] {
  return exportFiles(format).filter(({ path }) => path.endsWith(".yaml")).map(({ text }) =>
    load(text)
  );
}

Deno.test("exportFiles() has every dashboard as it is embedded, and rules where they are taken", () => {
  assertEquals(exportFiles("rules").map(({ text }) => text), RULES.map(({ yaml }) => yaml));
  const grafana = exportFiles("grafana").filter(({ path }) => path.endsWith(".json"));
  assertEquals(grafana.map(({ text }) => text), DASHBOARDS.map(({ json }) => json));
});

Deno.test("exportFiles('grafana') provisions the uid that the dashboards start with", () => {
  const [datasources, providers] = documents("grafana");
  for (const { dashboard } of DASHBOARDS) {
    const variable = dashboard.templating?.list?.find(({ name }) => name === "datasource");
    assertEquals(datasources.datasources[0].uid, variable?.current?.value);
  }
  assertEquals(providers.providers[0].type, "file");
});

Deno.test("exportFiles('configmap') carries the label that the sidecar looks for, and the JSON unchanged", () => {
  const maps = documents("configmap");
  assertEquals(maps.map(({ kind }) => kind), DASHBOARDS.map(() => "ConfigMap"));
  for (const [i, { metadata, data }] of maps.entries()) {
    assertEquals(metadata.labels, { "grafana_dashboard": "1" });
    assertEquals(Object.values(data), [DASHBOARDS[i]?.json]);
  }
});

Deno.test("exportFiles('operator') has the JSON and the rules unchanged", () => {
  const found = documents("operator");
  assertEquals(
    found.filter(({ kind }) => kind === "GrafanaDashboard").map(({ spec }) => spec.json),
    DASHBOARDS.map(({ json }) => json),
  );
  assertEquals(
    found.filter(({ kind }) => kind === "PrometheusRule").map(({ spec }) => spec),
    RULES.map(({ yaml }) => load(yaml)),
  );
});

Deno.test("exportFiles() gives relative paths, each once", () => {
  for (const format of EXPORT_FORMATS) {
    const paths = exportFiles(format).map(({ path }) => path);
    assertEquals(paths, [...new Set(paths)]);
    assert(paths.every((path) => /^[a-z]+[a-z/.-]*\.(json|yaml)$/.test(path)), paths.join());
  }
});

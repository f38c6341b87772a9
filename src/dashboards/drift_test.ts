/**
 * Holds what is generated against the catalogue (DESIGN rule 3), and against what Grafana and
 * Prometheus want. It needs no jsonnet.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { load } from "js-yaml";
import { CATALOGUE, type CatalogueEntry } from "../metrics/catalogue.ts";
import { testWith } from "../testing/permissions.ts";
import { testWithProgram } from "../testing/programs.ts";
import { checkDashboards, checkDrift, checkRules } from "./checks/all.ts";
import type { RuleTests } from "./checks/alert_tests.ts";
import { DASHBOARDS, RULES } from "./embedded.ts";
import { showFindings } from "./finding.ts";
import type { RuleFile } from "./model.ts";

const FOLDER = new URL("../../dashboards/", import.meta.url);
const dashboards = DASHBOARDS.map(({ dashboard }) => dashboard);
const ruleFiles = RULES.map(({ yaml }) => load(yaml) as RuleFile);
const catalogue: readonly CatalogueEntry[] = CATALOGUE;

function drift(held: readonly CatalogueEntry[]): string {
  return showFindings(checkDrift({ dashboards, ruleFiles }, held));
}

async function testFiles(): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(new URL("tests/", FOLDER)), ({ name }) => name);
  return names.filter((name) => name.endsWith(".yaml")).sort();
}

async function promtool(path: string, ...args: string[]): Promise<void> {
  const command = new Deno.Command(path, { args, cwd: new URL("tests/", FOLDER) });
  const { success, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert(success, text(stdout) + text(stderr));
}

Deno.test("every metric, label and value in dashboards, rules and alerts is in the catalogue, and every metric is shown or hidden with a reason", () => {
  const found = drift(catalogue);
  assert(found === "", `\n${found}`);
});

Deno.test("every dashboard is one that Grafana shows as it is meant", () => {
  const found = showFindings(checkDashboards(dashboards));
  assert(found === "", `\n${found}`);
});

testWith(
  ["read"],
  "every alert tells enough, has a section in the runbook, and is tested",
  async () => {
    const runbook = await Deno.readTextFile(new URL("runbook.md", FOLDER));
    const texts = (await testFiles()).map((name) =>
      Deno.readTextFile(new URL(`tests/${name}`, FOLDER))
    );
    const tests = (await Promise.all(texts)).map((text) => load(text) as RuleTests);
    const found = showFindings(checkRules(ruleFiles, { runbook, tests }));
    assert(found === "", `\n${found}`);
  },
);

testWith(["read"], "every generated file is embedded", async () => {
  const folder = new URL("generated/", FOLDER);
  const entries = await Array.fromAsync(Deno.readDir(folder));
  // What is in folders is for Kubernetes, and made of the same.
  const names = entries.filter(({ isFile }) => isFile).map(({ name }) => name);
  const embedded = [
    ...DASHBOARDS.map(({ name }) => `${name}.json`),
    ...RULES.map(({ name }) => `${name}.yaml`),
  ];
  assertEquals(names.sort(), embedded.sort());
});

testWithProgram(
  "promtool",
  "promtool check rules takes the rules and alerts",
  (path) =>
    promtool(path, "check", "rules", ...RULES.map(({ name }) => `../generated/${name}.yaml`)),
);

testWithProgram(
  "promtool",
  "promtool test rules passes every case of every alert",
  async (path) => promtool(path, "test", "rules", ...await testFiles()),
);

Deno.test("checkDrift() names panel and expression when a metric is renamed in the catalogue alone", () => {
  const renamed = catalogue.map((entry) =>
    entry.name === "foo_gauge" ? { ...entry, name: "foo_level" } : entry
  );
  const found = drift(renamed);
  const panel =
    dashboards.flatMap(({ title, panels = [] }) =>
      panels.flatMap(({ title: of, targets = [] }) =>
        targets.filter(({ expr }) => expr?.includes("foo_gauge")).map(({ refId, expr }) => ({
          where: `dashboard '${title}', panel '${of}', query ${refId}`,
          expr: expr ?? "",
        }))
      )
    )[0];
  assert(panel, "a panel shows foo_gauge");
  assertStringIncludes(found, `${panel.where}: 'foo_gauge' is not in src/metrics/catalogue.ts`);
  assertStringIncludes(found, `    ${panel.expr}\n`);
  assertStringIncludes(found, "metric 'foo_level': no panel, rule or alert shows it");
});

Deno.test("checkDrift() names panel and expression when a label is renamed in the catalogue alone", () => {
  const renamed = catalogue.map((entry) =>
    entry.name === "foo_histgram" ? { ...entry, labels: ["interface", "result"] } : entry
  );
  assertStringIncludes(drift(renamed), "by (api): avg() is given only");
});

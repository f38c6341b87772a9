import { assertEquals, assertLess } from "@std/assert";
import { load } from "js-yaml";
import { testWith } from "../testing/permissions.ts";
import { DASHBOARDS, RULES } from "./embedded.ts";
import { operatorFiles } from "./render.ts";

const FOLDER = new URL("../../dashboards/", import.meta.url);

testWith(["read"], "dashboards/kustomization.yaml takes every generated file", async () => {
  const text = await Deno.readTextFile(new URL("kustomization.yaml", FOLDER));
  const { configMapGenerator } = load(text) as {
    configMapGenerator: { readonly name: string; readonly files: readonly string[] }[];
  };
  assertEquals(
    Object.fromEntries(configMapGenerator.map(({ name, files }) => [name, files.toSorted()])),
    {
      dashboards: DASHBOARDS.map(({ name }) => `generated/${name}.json`).sort(),
      rules: RULES.map(({ name }) => `generated/${name}.yaml`).sort(),
    },
  );
});

Deno.test("the ConfigMap of all dashboards is not too large for kubectl apply", () => {
  const data = Object.fromEntries(DASHBOARDS.map(({ name, json }) => [name, json]));
  // What an annotation can hold, less some room for what else describes the object.
  assertLess(JSON.stringify(data).length, 250_000);
});

testWith(["read"], "dashboards/generated/operator holds the rules that are embedded", async () => {
  const rules = RULES.map(({ name, yaml }) => ({ name: `${name}.yaml`, text: yaml }))
    .sort((one, other) => one.name < other.name ? -1 : 1);
  for (const { name, text } of operatorFiles(rules)) {
    assertEquals(await Deno.readTextFile(new URL(`generated/${name}`, FOLDER)), text);
  }
});

import { assert, assertEquals } from "@std/assert";
import { testWithProgram } from "../testing/programs.ts";
import { permitted, testWith } from "../testing/permissions.ts";
import {
  DASHBOARDS,
  evaluate,
  formatSources,
  needsVendor,
  staleFiles,
  writeFiles,
} from "./generate.ts";
import { operatorFiles } from "./render.ts";
import { missingTools } from "./tools.ts";

const FILES = ["read", "write"] as const;

async function inTempDir(body: (folder: URL) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    await body(new URL(`file://${path}/`));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

/** Registers a test of the real sources: Grafonnet cannot be had everywhere, and then one must see it. */
async function testWithVendor(program: string, name: string, fn: (path: string) => Promise<void>) {
  if (permitted("read", "env", "run") && await needsVendor(DASHBOARDS)) {
    const reason =
      "NOT COMPARED: dashboards/vendor is missing, 'jb install' in dashboards/ gets it";
    Deno.test({ name: `${name} (${reason})`, ignore: true, fn() {} });
    return;
  }
  testWithProgram(program, name, fn);
}

await testWithVendor(
  "jsonnet",
  "deno task dashboards has been run since the jsonnet changed",
  async () => {
    assertEquals(await staleFiles(DASHBOARDS, await evaluate(DASHBOARDS)), []);
  },
);

await testWithVendor("jsonnet-lint", "jsonnet-lint finds nothing in the sources", async (path) => {
  const names = await Array.fromAsync(Deno.readDir(DASHBOARDS), ({ name }) => name);
  const sources = names.filter((name) => /\.(jsonnet|libsonnet)$/.test(name)).sort();
  const args = ["-J", "vendor", ...sources];
  const { success, stderr } = await new Deno.Command(path, { args, cwd: DASHBOARDS }).output();
  assert(success, new TextDecoder().decode(stderr));
});

testWithProgram(
  "jsonnetfmt",
  "jsonnetfmt --test finds every source formatted",
  () => formatSources(DASHBOARDS, { test: true }),
);

testWithProgram(
  "jsonnet",
  "evaluate() makes JSON of a dashboard, YAML and an object of rules, the same each time",
  () =>
    inTempDir(async (folder) => {
      await Deno.writeTextFile(new URL("a.jsonnet", folder), '{ uid: "a", title: "A" }');
      await Deno.writeTextFile(
        new URL("b.jsonnet", folder),
        '{ groups: [{ rules: [], name: "g" }] }',
      );
      await Deno.writeTextFile(new URL("c.libsonnet", folder), "error 'not on its own'");
      const files = await evaluate(folder);
      const own = [
        { name: "a.json", text: '{\n  "title": "A",\n  "uid": "a"\n}\n' },
        { name: "b.yaml", text: "groups:\n  - name: g\n    rules: []\n" },
      ];
      assertEquals(files, [...own, ...operatorFiles(own)]);
      assertEquals(await evaluate(folder), files);
    }),
);

testWith(
  FILES,
  "staleFiles() says which files are missing, stale or left over, until writeFiles()",
  () =>
    inTempDir(async (folder) => {
      const files = [
        { name: "a.json", text: "1" },
        { name: "b.json", text: "2" },
        { name: "below/c.yaml", text: "3" },
      ];
      await Deno.mkdir(new URL("generated/below", folder), { recursive: true });
      await Deno.writeTextFile(new URL("generated/b.json", folder), "0");
      await Deno.writeTextFile(new URL("generated/below/old.yaml", folder), "0");
      await Deno.writeTextFile(new URL("generated/old.json", folder), "0");
      assertEquals(await staleFiles(folder, files), [
        "generated/a.json is missing",
        "generated/b.json is stale",
        "generated/below/c.yaml is missing",
        "generated/below/old.yaml has no source",
        "generated/old.json has no source",
      ]);
      await writeFiles(folder, files);
      assertEquals(await staleFiles(folder, files), []);
    }),
);

testWith(
  FILES,
  "needsVendor() asks for vendor/ where a jsonnetfile.json names something to get",
  () =>
    inTempDir(async (folder) => {
      assertEquals(await needsVendor(folder), false);
      await Deno.writeTextFile(new URL("jsonnetfile.json", folder), "{}");
      assertEquals(await needsVendor(folder), true);
      await Deno.mkdir(new URL("vendor", folder));
      assertEquals(await needsVendor(folder), false);
    }),
);

Deno.test("missingTools() tells what is missing and how to get it", async () => {
  const none = () => Promise.resolve(false);
  const all = () => Promise.resolve(true);
  assertEquals(await missingTools({ vendor: false }, all), []);
  assertEquals((await missingTools({ vendor: true }, none)).map((line) => line.split(";")[0]), [
    "'jsonnet' is not on PATH",
    "'jsonnetfmt' is not on PATH",
    "'jb' is not on PATH",
    "'dashboards/vendor' is missing",
  ]);
});

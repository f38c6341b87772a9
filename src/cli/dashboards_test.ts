import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { load, loadAll } from "js-yaml";
import { DASHBOARDS, RULES } from "../dashboards/embedded.ts";
import { testWith } from "../testing/permissions.ts";
import { DASHBOARD_COMMANDS } from "./dashboards.ts";
import { run } from "./run.ts";
import { Terminal } from "./terminal.ts";

const FILES = ["read", "write"] as const;

async function dashboards(...args: string[]) {
  const written = { out: "", err: "" };
  const output = (to: keyof typeof written) => ({
    write: (text: string) => void (written[to] += text),
    isTerminal: false,
    columns: () => 80,
  });
  const terminal = new Terminal(output("out"), output("err"));
  const code = await run(
    ["dashboards", ...args],
    { terminal, env: () => undefined },
    DASHBOARD_COMMANDS,
  );
  return { code, ...written };
}

async function inTempDir(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("dashboards list has a line for each dashboard and rule file", async () => {
  const { code, out } = await dashboards("list");
  assertEquals([code, out.split("\n").length], [0, 1 + DASHBOARDS.length + RULES.length + 1]);
  assertMatch(out, /^echo +Echoscope \/ Echo +echoscope-echo +\d+ panels$/m);
  assertMatch(out, /^alerts +Prometheus alerts +\d+ rules$/m);
});

Deno.test("dashboards show prints JSON or YAML as it is embedded", async () => {
  assertEquals((await dashboards("show", "echo")).out, DASHBOARDS[0]?.json);
  assertEquals((await dashboards("show", "rules")).out, RULES[0]?.yaml);
});

Deno.test("dashboards answers what it does not know with one line, a suggestion and exit status 2", async () => {
  assertEquals(await dashboards("show", "ehco"), {
    code: 2,
    out: "",
    err: "echoscope dashboards show: 'ehco' is no dashboard; did you mean 'echo'?\n",
  });
  assertEquals((await dashboards("show")).err.split(":", 2)[1], " NAME is missing");
  assertEquals((await dashboards("show", "echo", "grpc")).code, 2);
  assertStringIncludes((await dashboards("exprot", "a")).err, "did you mean 'dashboards export'?");
  assertStringIncludes((await dashboards()).err, "'dashboards list', 'dashboards show'");
  assertEquals(
    (await dashboards("export", "a", "--format=helm")).err,
    "echoscope dashboards export: --format must be one of grafana, configmap, operator, rules, but is 'helm'\n",
  );
});

Deno.test("dashboards --help lists its commands, and each has its own help with its words", async () => {
  assertMatch((await dashboards("--help")).out, /^ {2}dashboards show +print a dashboard/m);
  const { code, out } = await dashboards("export", "--help");
  assertEquals(code, 0);
  assertMatch(out, /^Usage: echoscope dashboards export DIR \[FLAGS\]\n\n {2}DIR +where to write/m);
});

Deno.test("dashboards export - prints documents for kubectl, or an archive", async () => {
  const { out } = await dashboards("export", "-", "--format", "configmap");
  assertEquals(loadAll(out).length, DASHBOARDS.length);
  const archive = await dashboards("export", "-");
  assertStringIncludes(archive.out.slice(0, 512), "provisioning/datasources/echoscope.yaml\0");
});

testWith(
  FILES,
  "dashboards export writes files, and nothing where nothing changed",
  () =>
    inTempDir(async (folder) => {
      const { code, out } = await dashboards("export", `${folder}/new/`, "--format=rules");
      assertEquals([code, out], [0, `${folder}/new/rules.yaml\n${folder}/new/alerts.yaml\n`]);
      assertEquals(
        load(await Deno.readTextFile(`${folder}/new/rules.yaml`)),
        load(RULES[0]?.yaml ?? ""),
      );
      const again = await dashboards("export", `${folder}/new`, "--format=rules");
      assertEquals([again.code, again.out], [0, `${folder}/new is up to date\n`]);
    }),
);

testWith(
  FILES,
  "dashboards export overwrites a file that differs only with --force, and else writes none",
  () =>
    inTempDir(async (folder) => {
      await Deno.writeTextFile(`${folder}/alerts.yaml`, "mine");
      const refused = await dashboards("export", folder, "--format=rules");
      assertEquals([refused.code, refused.err], [
        1,
        `echoscope dashboards export: ${folder}/alerts.yaml would be overwritten; --force does it\n`,
      ]);
      assertEquals((await Array.fromAsync(Deno.readDir(folder))).length, 1);
      assertEquals((await dashboards("export", folder, "--format=rules", "--force")).code, 0);
      assertEquals(await Deno.readTextFile(`${folder}/alerts.yaml`), RULES[1]?.yaml);
    }),
);

testWith(
  FILES,
  "dashboards export tells in one line why it cannot write",
  () =>
    inTempDir(async (folder) => {
      await Deno.writeTextFile(`${folder}/file`, "");
      const { code, err } = await dashboards("export", `${folder}/file`);
      assertEquals([code, err.split("\n").length], [1, 2], err);
      assertStringIncludes(err, `Cannot write to '${folder}/file'`);
    }),
);

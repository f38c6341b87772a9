import { assertEquals, assertStringIncludes } from "@std/assert";
import { runEchoscope, spawnEchoscope, type SpawnedEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { ask, temporaryFolder, valuesOf } from "./monitor_fixture.ts";
import { run } from "./run.ts";
import { Terminal } from "./terminal.ts";

const NEEDS = ["run", "env", "read", "net"] as const;
const FILES = [...NEEDS, "write"] as const;

/** From 12:00:00 to 12:00:30 on the 14th of November 2023. */
const RECORDING = `# HELP jobs Jobs.
# TYPE jobs counter
jobs_total{queue="a"} 10 1699963200
jobs_total{queue="a"} 40 1699963230
jobs_total{queue="b"} 5 1699963230
# EOF
`;

/** Where a replay says that it is. */
async function addressOf(program: SpawnedEchoscope): Promise<{ http: string; page: string }> {
  const page = (await program.stdout.find("  queries ")).trim().split(/ +/)[1] ?? "";
  return { http: new URL(page).origin, page };
}

testWith(FILES, "dashboards replay shows what is in a file until it is stopped", async (t) => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/recording.txt`;
  await Deno.writeTextFile(file, RECORDING);
  await using program = spawnEchoscope(["dashboards", "replay", file, "--metrics-port=0"], {}, {
    permissions: [`--allow-read=${folder.path}`],
  });
  const { http, page } = await addressOf(program);

  await t.step("it says what it read, and links to that time", () => {
    assertStringIncludes(
      program.stdout.text,
      "3 samples of 2 series, from 2023-11-14T12:00:00.000Z to 2023-11-14T12:00:30.000Z",
    );
    assertStringIncludes(page, "from=1699963200000&to=1699963230000");
  });

  await t.step("the API answers as of its end", async () => {
    assertEquals(await valuesOf(http, "jobs_total", "queue"), { a: "40", b: "5" });
    const now = await ask(http, "query", { query: "time()" });
    assertEquals(now.body.data.result, [1699963230, "1699963230"]);
    const { body } = await ask(http, "query_range", {
      query: 'jobs_total{queue="a"}',
      start: "1699963200",
      end: "1699963230",
      step: "15",
    });
    assertEquals(body.data.result[0].values, [
      [1699963200, "10"],
      [1699963215, "10"],
      [1699963230, "40"],
    ]);
    assertEquals((await ask(http, "metadata")).body.data.jobs[0].help, "Jobs.");
    assertEquals((await ask(http, "targets")).body.data.activeTargets, []);
    assertEquals((await ask(http, "rules")).body.data.groups, []);
  });

  await t.step("the page and the dashboards are there", async () => {
    const html = await (await fetch(page, { headers: { accept: "text/html" } })).text();
    assertStringIncludes(html, "/assets/page-");
    assertEquals(
      (await (await fetch(`${http}/dashboards/echo.json`)).json()).uid,
      "echoscope-echo",
    );
  });

  await t.step("Ctrl-C ends it", async () => {
    program.signal("SIGINT");
    assertEquals((await program.status).code, 0);
    await program.stderr.ended;
    assertEquals(program.stderr.text, "");
  });
});

testWith(NEEDS, "dashboards replay - reads standard input", async () => {
  await using program = spawnEchoscope(["dashboards", "replay", "-", "--metrics-port=0"], {}, {
    input: RECORDING,
  });
  const { http } = await addressOf(program);
  assertEquals(await valuesOf(http, "sum(jobs_total)", ""), { "": "45" });
});

testWith(FILES, "dashboards replay says in one line what is wrong with a file", async (t) => {
  await using folder = await temporaryFolder();
  const { path } = folder;
  const bytes = (text: string) => new TextEncoder().encode(text);
  await Deno.mkdir(`${path}/folder`);
  for (
    const [name, content] of Object.entries({
      malformed: bytes("jobs_total 1 1\njobs_total one 2\n# EOF\n"),
      cut: bytes(RECORDING.replace("# EOF\n", "")),
      timeless: bytes("jobs_total 1\n# EOF\n"),
      hollow: bytes("# HELP jobs Jobs.\n# EOF\n"),
      empty: bytes(""),
      latin1: Uint8Array.of(...bytes("jobs_total{queue="), 34, 0xe9, ...bytes('"} 1 1\n# EOF\n')),
    })
  ) {
    await Deno.writeFile(`${path}/${name}`, content);
  }
  for (
    const [name, expected] of [
      ["malformed", "at line 2, column 12"],
      ["cut", "expected '# EOF' as the last line"],
      ["timeless", "at line 1: expected a timestamp after the value"],
      ["hollow", "there is no sample in it"],
      ["empty", "expected '# EOF' as the last line"],
      ["latin1", "it is not UTF-8"],
      ["folder", "Is a directory"],
      ["missing", "No such file or directory"],
    ] as const
  ) {
    await t.step(name, async () => {
      const { code, stdout, stderr } = await inProcess(`${path}/${name}`);
      assertEquals([code, stdout, stderr.split("\n").length], [1, "", 2], stderr);
      assertStringIncludes(stderr, `echoscope dashboards replay: Cannot re`);
      assertStringIncludes(stderr, `'${path}/${name}': `);
      assertStringIncludes(stderr, expected);
    });
  }
});

/** Runs a replay that fails in this process: it is a quicker one than a child. */
async function inProcess(file: string) {
  const written = { stdout: "", stderr: "" };
  const output = (to: keyof typeof written) => ({
    write: (text: string) => void (written[to] += text),
    isTerminal: false,
    columns: () => 80,
  });
  const terminal = new Terminal(output("stdout"), output("stderr"));
  const args = ["dashboards", "replay", file, "--metrics-port=0"];
  const code = await run(args, { terminal, env: () => undefined });
  return { code, ...written };
}

testWith(
  NEEDS,
  "dashboards replay reads no file that the program may not read, and says what does",
  async () => {
    const { code, stderr } = await runEchoscope(["dashboards", "replay", "my recording"]);
    assertEquals([code, stderr], [
      1,
      "echoscope dashboards replay: Cannot read 'my recording': the program reads no files of " +
      "yours: echoscope dashboards replay - < 'my recording'\n",
    ]);
  },
);

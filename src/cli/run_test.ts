import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../testing/permissions.ts";
import { runEchoscope } from "../testing/echoscope.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

testWith(NEEDS, "echoscope without a command, or with --help, lists its commands", async () => {
  const { code, stdout } = await runEchoscope(["--help"]);
  assertEquals(code, 0);
  for (const name of ["start", "serve", "client", "health", "version"]) {
    assertMatch(stdout, new RegExp(`^  ${name} `, "m"));
  }
  assertEquals(await runEchoscope([]), { code: 0, stdout, stderr: "" });
});

testWith(
  NEEDS,
  "echoscope COMMAND --help tells flag, variable, default and range of each option",
  async () => {
    const { stdout } = await runEchoscope(["serve", "--help"]);
    assertMatch(stdout, /--port PORT .*\$SERVER_PORT,\s+default 20000,\s+0 to 65535\)/);
    assertMatch(
      stdout,
      /--greeting-timeout TIME .*\s+\(\$GREETING_TIMEOUT,\s+default 20s,\s+10ms to 1h\)/,
    );
  },
);

testWith(
  NEEDS,
  "echoscope answers an unknown command with one line, a suggestion and exit status 2",
  async () => {
    assertEquals(await runEchoscope(["sevre"]), {
      code: 2,
      stdout: "",
      stderr:
        "echoscope: 'sevre' is not a command; did you mean 'serve'? Try 'echoscope --help'.\n",
    });
  },
);

testWith(
  NEEDS,
  "echoscope tells every configuration error in one message, exit status 2",
  async () => {
    const { code, stderr } = await runEchoscope(["serve", "--prot", "1"], { SERVER_PORT: "http" });
    assertEquals(code, 2);
    assertEquals(stderr.split("\n"), [
      "echoscope serve:",
      "  --prot is not a flag; did you mean --port?",
      "  --port (SERVER_PORT) must be an integer from 0 to 65535, but is 'http'",
      "",
    ]);
  },
);

testWith(
  NEEDS,
  "echoscope tells a port in use in one line, exit status 1, and leaves nothing running",
  async () => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr as Deno.NetAddr;
    const local = ["serve", "--host=127.0.0.1", "--metrics-host=127.0.0.1"];
    const rpc = await runEchoscope([...local, `--port=${port}`, "--metrics-port=0"]);
    assertEquals([rpc.code, rpc.stderr], [
      1,
      `echoscope serve: Cannot listen on 127.0.0.1:${port}: another process has the port (EADDRINUSE); change it with --port or SERVER_PORT\n`,
    ]);
    const http = await runEchoscope([...local, "--port=0", `--metrics-port=${port}`]);
    assertEquals([http.code, http.stderr], [
      1,
      `echoscope serve: Cannot listen for HTTP on 127.0.0.1:${port}: another process has the port (EADDRINUSE); change it with --metrics-port or METRICS_PORT\n`,
    ]);
  },
);

testWith(
  NEEDS,
  "echoscope tells a host that cannot be resolved in one line, exit status 1",
  async () => {
    for (
      const flags of [["--host=no.such.invalid", "--metrics-port=0"], [
        "--metrics-host=no.such.invalid",
        "--port=0",
      ]]
    ) {
      const { code, stderr } = await runEchoscope(["serve", ...flags]);
      assertEquals([code, stderr.split("\n").length], [1, 2], stderr);
      assertStringIncludes(stderr, "no address is known for the name (ENOTFOUND)");
    }
  },
);

testWith(NEEDS, "echoscope version tells the versions of program and runtime", async () => {
  const { code, stdout } = await runEchoscope(["version"]);
  assertEquals(code, 0);
  assertMatch(stdout, /^echoscope \d+\.\d+\.\d+ \(deno \d+\.\d+\.\d+, /);
});

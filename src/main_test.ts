import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import { testWith } from "./testing/permissions.ts";
import { attack, OPEN_AND_BREAK } from "./testing/http2.ts";
import { runTask } from "./testing/tasks.ts";

const NEEDS = ["run", "env", "read", "write", "net"] as const;

/** What the binary carries besides the runtime, at most. */
const MAX_EMBEDDED_BYTES = 4 * 1024 * 1024;

async function inTempDir(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function bytes(size: string, unit: string): number {
  return Number(size) * { B: 1, KB: 1024, MB: 1024 ** 2 }[unit as "B" | "KB" | "MB"];
}

testWith(
  NEEDS,
  "deno task compile embeds one bundle within its bound, and nobody's test data",
  () =>
    inTempDir(async (folder) => {
      // DENORT_BIN: the runtime of a binary comes from the network; Deno itself stands in for it here.
      const { code, output } = await runTask("compile", {
        "deno compile -q": "deno compile",
        "-o dist/echoscope": `-o ${folder}/echoscope`,
      }, { DENORT_BIN: Deno.execPath() });
      assertEquals(code, 0, output);
      const embedded = output.slice(output.indexOf("Embedded Files"));
      assertEquals(
        embedded.match(/[├└]── .*/g)?.length,
        1,
        `one bundle and nothing else:\n${embedded}`,
      );
      const [, size = "", unit = ""] = embedded.match(/^Files: ([\d.]+)(K?M?B)$/m) ?? [];
      assertLess(bytes(size, unit), MAX_EMBEDDED_BYTES);
      assert((await Deno.stat(`${folder}/echoscope`)).size > 0);
    }),
);

testWith(
  NEEDS,
  "the bundle that is compiled runs without sources, packages or .proto beside it",
  () =>
    inTempDir(async (folder) => {
      const built = await runTask("compile", {
        "deno compile -q -P=serve --no-prompt --no-check --bundle": "deno bundle -q",
        "-o dist/echoscope": `-o ${folder}/echoscope.js`,
      });
      assertEquals(built.code, 0, built.output);
      const run = (...args: string[]) =>
        new Deno.Command(Deno.execPath(), {
          args: [
            "run",
            "-q",
            "--no-prompt",
            "--no-config",
            "--no-npm",
            "--allow-net",
            "--ignore-env",
            "echoscope.js",
            ...args,
          ],
          cwd: folder,
          env: { NO_COLOR: "1" },
          stdout: "piped",
          stderr: "piped",
        });
      const { stdout } = await run("version").output();
      assertMatch(new TextDecoder().decode(stdout), /^echoscope \d/);

      const service = run(
        "serve",
        "--host=127.0.0.1",
        "--port=0",
        "--metrics-host=127.0.0.1",
        "--metrics-port=0",
      ).spawn();
      const lines = service.stderr.pipeThrough(new TextDecoderStream()).getReader();
      const { grpc } = JSON.parse((await lines.read()).value ?? "");
      // In a bundle grpc-js cannot be told from the application by its path: the process must live all the same.
      await attack(Number(grpc.split(":").at(-1)), OPEN_AND_BREAK);
      const called = await run("client", `--port=${grpc.split(":").at(-1)}`, "--count=1").output();
      service.kill("SIGTERM");
      assertEquals((await service.status).code, 0);
      await Promise.all([service.stdout.cancel(), lines.cancel()]);
      assertMatch(new TextDecoder().decode(called.stdout), /^Hello Echoscope!\n1 call /);
    }),
);

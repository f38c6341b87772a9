import { assertEquals } from "@std/assert";
import { testWith } from "../testing/permissions.ts";
import { runTask } from "../testing/tasks.ts";

async function files(folder: URL, prefix = ""): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      Object.assign(found, await files(new URL(`${name}/`, folder), `${prefix}${name}/`));
    } else found[prefix + name] = await Deno.readTextFile(new URL(name, folder));
  }
  return found;
}

testWith(
  ["run", "env", "read", "write"],
  "deno task proto has been run since the .proto changed",
  async () => {
    const fresh = await Deno.makeTempDir();
    try {
      const { code, output } = await runTask("proto", {
        "-P=proto": `--no-prompt --allow-read --allow-write=${fresh} --ignore-env`,
        "--outDir=src/echo/generated": `--outDir=${fresh}`,
      });
      assertEquals(code, 0, output);
      assertEquals(
        await files(new URL("./generated/", import.meta.url)),
        await files(new URL(`file://${fresh}/`)),
        "run `deno task proto` and commit what it writes",
      );
    } finally {
      await Deno.remove(fresh, { recursive: true });
    }
  },
);

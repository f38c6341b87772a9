import { assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const main = new URL("main.ts", import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "--no-prompt", "--allow-read", main, ...args],
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

testWith(
  ["run", "read", "write"],
  "promqltest prints scores, and failures when asked",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.mkdir(`${folder}/a`);
      await Deno.mkdir(`${folder}/b`);
      await Deno.writeTextFile(
        `${folder}/a/one.test`,
        "eval instant at 0 1\n 1\n\neval instant at 0 2\n 3\n",
      );
      await Deno.writeTextFile(`${folder}/b/two.test`, "eval instant at 0 missing\n");
      const all = await run(folder, "--failures");
      assertEquals(all.code, 0);
      assertStringIncludes(
        all.out,
        "a/one.test:4: 2\n  expected the scalar 3\n  expected: scalar 3\n  got:      scalar 2\n",
      );
      const [, ...rows] = all.out.split("\n").map((line) => line.split(/ {2,}/).join(" "));
      assertEquals(rows.slice(0, 5), [
        "a/one.test 1/2 1/2 1/2 1/2 1/2 1/2",
        "b/two.test 1/1 1/1 1/1 0/0 0/0 0/0",
        "a/ 1/2 1/2 1/2 1/2 1/2 1/2",
        "b/ 1/1 1/1 1/1 0/0 0/0 0/0",
        "total 2/3 2/3 2/3 1/2 1/2 1/2",
      ]);
      assertStringIncludes(
        (await run(folder, "--filter", "missing")).out,
        "\nb/two.test           1/1 ",
      );
      await Deno.writeTextFile(`${folder}/b/two.test`, "\nnonsense\n");
      assertEquals(await run(folder), {
        code: 2,
        out: "",
        err: "promqltest: b/two.test:2: expected load, eval or clear, found 'nonsense'\n",
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    const missing = await run(folder);
    assertEquals(missing.code, 2);
    assertStringIncludes(missing.err, `promqltest: cannot read '${folder}'`);
  },
);

import { assertEquals, assertGreater } from "@std/assert";
import { PINNED_DENO } from "../cli/version.ts";
import { testWith } from "./permissions.ts";

const ROOT = new URL("../../", import.meta.url);

async function* textFiles(folder: URL): AsyncIterable<URL> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory && !["node_modules", "vendor", "generated", "dist", ".git"].includes(name)) {
      yield* textFiles(path);
    }
    if (isFile && !/\.(png|lock)$/.test(name)) yield path;
  }
}

testWith(["read"], "every mention of a Deno version is the pinned one", async () => {
  const others: string[] = [];
  let mentions = 0;
  for await (const path of textFiles(ROOT)) {
    const text = await Deno.readTextFile(path);
    for (
      const [mention, version] of text.matchAll(
        /(?:deno@|denoland\/deno:(?:\w+-)?)(\d+\.\d+\.\d+)/g,
      )
    ) {
      mentions++;
      if (version !== PINNED_DENO) others.push(`${path.pathname}: ${mention}`);
    }
  }
  assertEquals(others, []);
  assertGreater(mentions, 2, "README and CI name it");
});

Deno.test("tests run on the pinned Deno", () => {
  assertEquals(
    Deno.version.deno,
    PINNED_DENO,
    `run them with: npx -y deno@${PINNED_DENO} task test`,
  );
});

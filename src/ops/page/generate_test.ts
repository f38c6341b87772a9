import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { PAGE } from "./embedded.ts";
import { sizes, staleFiles, writeFiles } from "./generate.ts";

testWith(
  ["read", "write"],
  "staleFiles() tells what is missing, what differs and what nobody makes, until writeFiles() has been there",
  async () => {
    const path = await Deno.makeTempDir();
    const folder = new URL(`file://${path}/generated/`);
    try {
      await Deno.mkdir(folder);
      await Deno.writeTextFile(new URL("page.js", folder), "old");
      await Deno.writeTextFile(new URL("page-old.js", folder), "");
      assertEquals(await staleFiles(folder, PAGE), [
        "index.html is missing",
        "page.js is stale",
        "page.css is missing",
        "favicon.svg is missing",
        "page-old.js has no source",
      ]);
      await writeFiles(folder, PAGE);
      assertEquals(await staleFiles(folder, PAGE), []);
    } finally {
      await Deno.remove(path, { recursive: true });
    }
  },
);

Deno.test("sizes() says what travels", () => {
  const files = {
    "index.html": "a".repeat(1000),
    "page.js": "",
    "page.css": "",
    "favicon.svg": "",
  };
  assertMatch(sizes(files), /^bytes +raw +gzip +brotli\nindex\.html +1000 +\d\d +\d\d\n/);
});

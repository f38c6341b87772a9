import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { CredentialsError } from "./credentials_error.ts";
import { readPem, watchText } from "./files.ts";

const complaint = (path: string) =>
  assertThrows(() => readPem(path, "private key"), CredentialsError).message;

testWith(["read", "write"], "readPem() says why a file cannot be read", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeFile(`${folder}/large.pem`, new Uint8Array(1024 * 1024 + 1));
  assertEquals(
    complaint(`${folder}/none.pem`),
    `Cannot use '${folder}/none.pem' as TLS private key: found no such file, ` +
      "expected a file in PEM of at most 1048576 bytes",
  );
  assertStringIncludes(complaint(folder), "found something that is no file,");
  assertStringIncludes(complaint(`${folder}/large.pem`), "found 1048577 bytes,");
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "readPem() says that permission is missing",
  permissions: { read: false },
  fn() {
    assertStringIncludes(complaint("a.pem"), "was not given the read permission for it");
  },
});

/** Looks at `texts` one after the other, and tells at which of them a change was taken up. */
async function changesIn(texts: readonly string[]): Promise<number[]> {
  const changes: number[] = [];
  const over = Promise.withResolvers<void>();
  let at = -1;
  using _watch = watchText({
    read: () => texts[++at] ?? "",
    intervalMs: 1,
    onChange: () => changes.push(at),
    onLook: () => at === texts.length - 1 && over.resolve(),
  });
  await over.promise;
  return changes;
}

Deno.test("watchText() takes up a change at the second look that finds it", async () => {
  assertEquals(await changesIn(["a", "a", "b", "b", "b"]), [3]);
});

Deno.test("watchText() waits while a text is still being written", async () => {
  assertEquals(await changesIn(["a", "b", "bc", "bcd", "bcd"]), [4]);
});

Deno.test("watchText() takes no notice of a change that is taken back", async () => {
  assertEquals(await changesIn(["a", "b", "a", "a"]), []);
});

import { assertEquals } from "@std/assert";
import { testWith } from "../testing/permissions.ts";

testWith(
  ["run"],
  "watchCollections() tells of each collection until it is disposed of",
  async () => {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-q",
        "--v8-flags=--expose-gc",
        new URL("collections_fixture.ts", import.meta.url).href,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals([text(stdout), text(stderr)], ["3\n", ""]);
  },
);

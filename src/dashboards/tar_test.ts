import { assertEquals, assertThrows } from "@std/assert";
import { testWithProgram } from "../testing/programs.ts";
import { tar } from "./tar.ts";

Deno.test("tar() pads every file to blocks and ends with two empty ones", () => {
  const archive = tar([{ path: "a/b.txt", text: "hello" }]);
  assertEquals([archive.length, archive.slice(0, 7), archive.slice(512, 518)], [
    2048,
    "a/b.txt",
    "hello\0",
  ]);
});

Deno.test("tar() refuses a path that does not fit", () => {
  assertThrows(() => tar([{ path: "a".repeat(101), text: "" }]), RangeError, "1 to 100");
});

testWithProgram("tar", "tar() is read by tar, whatever the letters", async (path) => {
  const child = new Deno.Command(path, { args: ["-x", "-O"], stdin: "piped", stdout: "piped" })
    .spawn();
  const writer = child.stdin.getWriter();
  const files = [{ path: "a", text: "one\n" }, { path: "b/c", text: "zwölf Äpfel\n" }];
  await writer.write(new TextEncoder().encode(`${tar(files)}\n`));
  await writer.close();
  const { success, stdout } = await child.output();
  assertEquals([success, new TextDecoder().decode(stdout)], [true, "one\nzwölf Äpfel\n"]);
});

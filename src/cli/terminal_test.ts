import { assertEquals } from "@std/assert";
import { type Output, Terminal } from "./terminal.ts";

const ERASE = "\r\x1b[2K";

function terminal(isTerminal: boolean, columns = 80) {
  const written: string[] = [];
  const output = (mark: string): Output => ({
    isTerminal,
    columns: () => columns,
    write: (text) => written.push(mark + text),
  });
  return { terminal: new Terminal(output(""), output("E:")), written };
}

Deno.test("Terminal redraws its status line in place, below every line that is printed", () => {
  const { terminal: t, written } = terminal(true);
  t.status("calls 1");
  t.status("calls 2");
  t.print("hello");
  t.printError("oops");
  assertEquals(written, [
    "calls 1",
    ERASE,
    "calls 2",
    ERASE,
    "hello\n",
    "calls 2",
    ERASE,
    "E:oops\n",
    "calls 2",
  ]);
});

Deno.test("Terminal leaves nothing behind when the status is taken away", () => {
  const { terminal: t, written } = terminal(true);
  t.status("calls 1");
  t.status("");
  t.print("done");
  assertEquals(written, ["calls 1", ERASE, "done\n"]);
});

Deno.test("Terminal cuts a status that would wrap", () => {
  const { terminal: t, written } = terminal(true, 10);
  t.status("0123456789");
  assertEquals(written, ["01234567…"]);
});

Deno.test("Terminal draws no status where nobody would see it redrawn", () => {
  const { terminal: t, written } = terminal(false);
  t.status("calls 1");
  t.print("hello");
  assertEquals(written, ["hello\n"]);
});

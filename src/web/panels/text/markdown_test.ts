import { assertEquals } from "@std/assert";
import { isSafeUrl, readInline, readMarkdown } from "./markdown.ts";

const text = (words: string) => ({ kind: "text" as const, text: words });

Deno.test("readMarkdown() reads headings, paragraphs, lists, quotes, code and rules", () => {
  const source = [
    "# Title",
    "one",
    "two",
    "",
    "- a",
    "  more",
    "- b",
    "",
    "1. first",
    "> said",
    "---",
    "```promql",
    "# no heading",
    "```",
  ].join("\n");
  assertEquals(readMarkdown(source), [
    { kind: "heading", level: 1, content: [text("Title")] },
    { kind: "paragraph", content: [text("one\ntwo")] },
    { kind: "list", ordered: false, items: [[text("a more")], [text("b")]] },
    { kind: "list", ordered: true, items: [[text("first")]] },
    { kind: "quote", content: [text("said")] },
    { kind: "rule" },
    { kind: "code", text: "# no heading" },
  ]);
});

Deno.test("readMarkdown() reads tables", () => {
  assertEquals(readMarkdown("| a | b |\n|---|:-:|\n| 1 | `2` |"), [{
    kind: "table",
    head: [[text("a")], [text("b")]],
    rows: [[[text("1")], [{ kind: "code", text: "2" }]]],
  }]);
});

Deno.test("readMarkdown() ends code that is never closed with the text", () => {
  assertEquals(readMarkdown("```\nrate(x[5m])"), [{ kind: "code", text: "rate(x[5m])" }]);
});

Deno.test("readInline() reads marks within marks", () => {
  assertEquals(readInline("a **b *c*** [d](/e) `**f**` snake_case_name"), [
    text("a "),
    { kind: "bold", content: [text("b "), { kind: "italic", content: [text("c")] }] },
    text(" "),
    { kind: "link", url: "/e", content: [text("d")] },
    text(" "),
    { kind: "code", text: "**f**" },
    text(" snake_case_name"),
  ]);
});

Deno.test("readInline() leaves HTML as text", () => {
  const html = "<img src=x onerror=alert(1)><script>alert(1)</script>";
  assertEquals(readInline(html), [text(html)]);
});

Deno.test("readInline() makes no link that runs a script", () => {
  const link = "[x](javascript:alert(1))";
  assertEquals(readInline(link).some(({ kind }) => kind === "link"), false);
});

const URLS: readonly (readonly [string, boolean])[] = [
  ["https://example.com/a?b=c:d", true],
  ["mailto:ops@example.com", true],
  ["/d/echo?from=now-1h", true],
  ["#top", true],
  ["runbook.md", true],
  ["javascript:alert(1)", false],
  [" JaVaScRiPt:alert(1)", false],
  ["java\nscript:alert(1)", false],
  ["\u0001javascript:alert(1)", false],
  ["data:text/html,<script>", false],
  ["vbscript:x", false],
];

for (const [url, safe] of URLS) {
  Deno.test(`isSafeUrl() says ${safe} of ${JSON.stringify(url)}`, () => {
    assertEquals(isSafeUrl(url), safe);
  });
}

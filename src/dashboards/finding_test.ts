import { assertEquals } from "@std/assert";
import { showFinding, showFindings } from "./finding.ts";

Deno.test("showFinding() marks the place in the expression", () => {
  assertEquals(
    showFinding({
      where: "panel 'A'",
      what: "no",
      expression: "sum(\n  foo\n)",
      at: { from: 7, to: 10 },
    }),
    "panel 'A': no\n    sum(\n      foo\n      ^^^\n    )",
  );
});

Deno.test("showFindings() says the same thing once, and nothing of nothing", () => {
  const finding = { where: "alert 'A'", what: "no" };
  assertEquals(showFindings([finding, finding]), "alert 'A': no");
  assertEquals(showFindings([]), "");
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { testWithBrowser } from "../browser/with_browser.ts";

testWithBrowser("queries are written", {
  "suggestions complete a query from its function to its duration": async ({ open }) => {
    const { page } = await open("/explore");
    const query = page.getByRole("textbox", { name: "Query" });
    const chosen = page.getByRole("option", { selected: true });
    const complete = async (typed: string, expected: string) => {
      await query.pressSequentially(typed);
      await chosen.filter({ hasText: expected }).waitFor();
      await page.keyboard.press("Enter");
    };
    await complete("sum(ra", "rate");
    await complete("grpc_server_handled_t", "grpc_server_handled_total");
    await complete("{grpc_met", "grpc_method");
    await complete("ech", "echo");
    await complete("}[$__r", "$__rate_interval");
    await query.pressSequentially("]))");
    assertEquals(
      await query.inputValue(),
      'sum(rate(grpc_server_handled_total{grpc_method="echo"}[$__rate_interval]))',
    );
    await page.keyboard.press("Enter");
    await page.locator('section[data-panel-type="timeseries"][data-state="done"]').waitFor();
    assertStringIncludes(new URL(page.url()).searchParams.get("expr") ?? "", "grpc_method");
  },

  "Escape closes suggestions, Control and Space open them": async ({ open }) => {
    const { page } = await open("/explore");
    await page.getByRole("textbox", { name: "Query" }).click();
    const list = page.getByRole("listbox", { name: "Suggestions" });
    await page.keyboard.press("Control+Space");
    await list.waitFor();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
  },

  "a fault is told before the query is run, and goes when it is mended": async ({ open }) => {
    const { page } = await open("/explore", { mayFail: true });
    const query = page.getByRole("textbox", { name: "Query" });
    await query.fill("rate(up)");
    const told = page.getByRole("status").filter({ hasText: "expected type range vector" });
    await told.waitFor();
    assertEquals(await query.getAttribute("aria-invalid"), "true");
    assertEquals(await page.locator(".highlight .fault").innerText(), "up");
    await query.fill("rate(up[5m])");
    await told.waitFor({ state: "detached" });
  },

  "several queries share the graph, and the way back undoes a run": async ({ open }) => {
    const { page } = await open("/explore?expr=up");
    await page.getByRole("button", { name: "Add query" }).click();
    await page.getByRole("textbox", { name: "Query B" }).fill("vector(7)");
    await page.getByRole("button", { name: "Run query" }).click();
    await page.waitForURL((url) => url.searchParams.getAll("expr").join() === "up,vector(7)");
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.getAll("expr").join() === "up");
    await page.getByRole("textbox", { name: "Query B" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("menuitem", { name: "vector(7)" }).waitFor();
  },
});

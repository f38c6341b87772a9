/**
 * Looks at an address in a browser: writes a picture, and says what went wrong in the page.
 *
 *     deno run -P=test src/web/browser/look.ts http://127.0.0.1:9001/d/echo echo.png --light --width 360
 *
 * @module
 */
import { parseArgs } from "node:util";
import { launchBrowser } from "./browser.ts";
import { watchPage } from "./watch.ts";

async function main(args: string[]): Promise<void> {
  const { values, positionals: [url = "", path = "page.png"] } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      light: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      width: { type: "string", default: "1440" },
      height: { type: "string", default: "900" },
      wait: { type: "string", default: "1500" },
    },
  });
  await using browser = await launchBrowser();
  const page = await browser.newPage({
    width: Number(values.width),
    height: Number(values.height),
    theme: values.light ? "light" : "dark",
  });
  const seen = watchPage(page, new URL(url).origin);
  await page.goto(url);
  await page.waitForTimeout(Number(values.wait));
  await page.screenshot({ path, fullPage: values.full });
  for (const line of seen.problems) {
    await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
  }
}

if (import.meta.main) await main(Deno.args);

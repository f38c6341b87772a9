import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createLogger } from "../../logging/logger.ts";
import { testWith } from "../../testing/permissions.ts";
import { serveOps } from "../server.ts";
import { PAGE } from "./embedded.ts";
import { pageRoutes } from "./routes.ts";

const log = createLogger({ level: "error", format: "json", write: () => {} });
const HTML = { accept: "text/html,*/*;q=0.8" };

interface Asked {
  readonly response: Response;
  readonly body: string;
}

type Ask = (path: string, headers?: Record<string, string>) => Promise<Asked>;

/** A test that asks a server with the page's routes. */
function testPage(name: string, fn: (ask: Ask) => Promise<void>): void {
  testWith(["net"], name, async () => {
    const server = serveOps({ hostname: "127.0.0.1", port: 0, log, routes: pageRoutes() });
    using client = Deno.createHttpClient({});
    try {
      await fn(async (path, headers = {}) => {
        const url = `http://127.0.0.1:${server.address.port}${path}`;
        const response = await fetch(url, { headers, client });
        return { response, body: await response.text() };
      });
    } finally {
      await server.close();
    }
  });
}

/** The addresses that the HTML loads from. */
function loaded(html: string): string[] {
  return [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? []);
}

testPage("pageRoutes() answers each of the page's addresses with the same HTML", async (ask) => {
  const { body } = await ask("/", HTML);
  assertStringIncludes(body, "<!doctype html>");
  for (const path of ["/d/echo", "/d/a/b?from=now-1h", "/explore?expr=up", "/alerts"]) {
    assertEquals((await ask(path, HTML)).body, body, path);
  }
});

testPage("pageRoutes() leaves the list of paths at / to who takes no HTML", async (ask) => {
  const { response, body } = await ask("/", { accept: "*/*" });
  assertEquals(response.headers.get("content-type"), "text/plain; charset=utf-8");
  assertMatch(body, /^Echoscope\n\n {2}\/ +the page/);
  assertEquals(response.headers.get("vary"), "accept");
});

testPage("pageRoutes() lets nothing run, load or be framed but what is its own", async (ask) => {
  const { headers } = (await ask("/", HTML)).response;
  const policy = headers.get("content-security-policy") ?? "";
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
    assertStringIncludes(policy, part);
  }
  assert(!policy.includes("unsafe"));
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assertEquals(headers.get("referrer-policy"), "no-referrer");
});

testPage("pageRoutes() names what the page loads by content, to be kept for good", async (ask) => {
  const paths = loaded((await ask("/", HTML)).body);
  assertEquals(paths.map((path) => path.replace(/-[0-9a-f]{16}/, "")).sort(), [
    "/assets/favicon.svg",
    "/assets/page.css",
    "/assets/page.js",
  ]);
  for (const path of paths) {
    const { response, body } = await ask(path);
    assertEquals(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assertEquals(body, Object.entries(PAGE).find(([name]) => path.endsWith(ending(name)))?.[1]);
  }
  assertEquals((await ask("/assets/page-0123456789abcdef.js")).response.status, 404);
});

testPage("pageRoutes() sends again only what changed", async (ask) => {
  for (const encoding of ["gzip", "identity"]) {
    const headers = { ...HTML, "accept-encoding": encoding };
    const etag = (await ask("/", headers)).response.headers.get("etag") ?? "";
    const status = async (tag: string) =>
      (await ask("/", { ...headers, "if-none-match": tag })).response.status;
    assertEquals(await status(etag), 304);
    assertEquals(await status(`"other", W/${etag}`), 304);
    assertEquals(await status('"other"'), 200);
  }
});

testPage("pageRoutes() compresses for who takes gzip, and tells caches so", async (ask) => {
  const [path = ""] = loaded((await ask("/", HTML)).body).filter((path) => path.endsWith(".js"));
  const gzipped = await ask(path, { "accept-encoding": "gzip" });
  const plain = await ask(path, { "accept-encoding": "identity" });
  assertEquals(gzipped.body, plain.body);
  assertEquals(gzipped.response.headers.get("vary"), "accept-encoding");
  assert(gzipped.response.headers.get("etag") !== plain.response.headers.get("etag"));
});

function ending(name: string): string {
  return name.slice(name.lastIndexOf("."));
}

import { assertEquals } from "@std/assert";
import { createLogger } from "../logging/logger.ts";
import { testWith } from "../testing/permissions.ts";
import { type Route, serveOps, text } from "./server.ts";

const log = createLogger({ level: "error", format: "json", write: () => {} });

function route(path: string, methods?: Route["methods"]): Route {
  return { path, summary: "a test", handle: () => text(200, path), ...methods && { methods } };
}

testWith(["net"], "serveOps() answers by path and method, the nearest route first", async () => {
  const server = serveOps({
    hostname: "127.0.0.1",
    port: 0,
    log,
    routes: [route("/a/*"), route("/a/b/*", ["GET", "POST"]), route("/a/b")],
  });
  const ask = async (path: string, method = "GET") => {
    const url = `http://127.0.0.1:${server.address.port}${path}`;
    const response = await fetch(url, { method });
    return [response.status, (await response.text()).split("\n")[0], response.headers.get("allow")];
  };
  assertEquals(await ask("/a/b"), [200, "/a/b", null]);
  assertEquals(await ask("/a/b/c", "POST"), [200, "/a/b/*", null]);
  assertEquals(await ask("/a/c?x=1"), [200, "/a/*", null]);
  assertEquals(await ask("/a/c", "POST"), [405, "Only GET, HEAD are answered here", "GET, HEAD"]);
  assertEquals(await ask("/a/b/c", "HEAD"), [200, "", null]);
  assertEquals(await ask("/b"), [404, "Not found. This server has:", null]);
  await server.close();
});

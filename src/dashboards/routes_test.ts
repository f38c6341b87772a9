import { assertEquals } from "@std/assert";
import { DASHBOARDS } from "./embedded.ts";
import { dashboardRoutes } from "./routes.ts";

const peer = { transport: "tcp", hostname: "127.0.0.1", port: 1 } as const;

Deno.test("dashboardRoutes() serves each dashboard as JSON, byte by byte", async () => {
  const routes = dashboardRoutes();
  assertEquals(
    routes.map(({ path }) => path),
    DASHBOARDS.map(({ name }) => `/dashboards/${name}.json`),
  );
  for (const [i, { path, handle }] of routes.entries()) {
    const response = await handle(new Request(`http://localhost${path}`), peer);
    assertEquals(response.headers.get("content-type"), "application/json");
    assertEquals(await response.text(), DASHBOARDS[i]?.json);
  }
});

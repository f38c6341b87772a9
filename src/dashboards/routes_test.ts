import { assertEquals } from "@std/assert";
import { DASHBOARDS } from "./embedded.ts";
import { dashboardRoutes } from "./routes.ts";

const peer = { transport: "tcp", hostname: "127.0.0.1", port: 1 } as const;

Deno.test("dashboardRoutes() serves each dashboard as JSON, byte by byte", async () => {
  const routes = dashboardRoutes();
  assertEquals(
    routes.map(({ path }) => path),
    ["index", ...DASHBOARDS.map(({ name }) => name)].map((name) => `/dashboards/${name}.json`),
  );
  for (const [i, { path, handle }] of routes.slice(1).entries()) {
    const response = await handle(new Request(`http://localhost${path}`), peer);
    assertEquals(response.headers.get("content-type"), "application/json");
    assertEquals(await response.text(), DASHBOARDS[i]?.json);
  }
});

Deno.test("dashboardRoutes() lists the dashboards in the order in which people read them", async () => {
  const index = dashboardRoutes().find(({ path }) => path === "/dashboards/index.json");
  const response = await index?.handle(new Request("http://localhost/dashboards/index.json"), peer);
  assertEquals(
    await response?.json(),
    DASHBOARDS.map(({ name, dashboard: { uid, title, description = "", tags } }) => ({
      name,
      uid,
      title,
      description,
      tags,
    })),
  );
});

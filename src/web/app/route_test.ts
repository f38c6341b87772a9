import { assertEquals } from "@std/assert";
import { routeOf } from "./route.ts";

Deno.test("routeOf() knows the page's views, and Grafana's URLs of dashboards", () => {
  assertEquals(routeOf("/"), { view: "home" });
  assertEquals(routeOf("/explore"), { view: "explore" });
  assertEquals(routeOf("/alerts/"), { view: "alerts" });
  assertEquals(routeOf("/d/echo"), { view: "dashboard", name: "echo" });
  assertEquals(routeOf("/d/my%20uid/a-title"), { view: "dashboard", name: "my uid" });
  assertEquals(routeOf("/d/%zz"), { view: "dashboard", name: "%zz" });
});

Deno.test("routeOf() leaves to the server what is the server's", () => {
  for (const path of ["/metrics", "/dashboards/echo.json", "/d", "/explore/x", "/api/v1/query"]) {
    assertEquals(routeOf(path), { view: "nothing" }, path);
  }
});

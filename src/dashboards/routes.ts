import type { Route } from "../ops/server.ts";
import { DASHBOARDS } from "./embedded.ts";

/** `/dashboards/NAME.json` for each dashboard that the binary carries. */
export function dashboardRoutes(): Route[] {
  return DASHBOARDS.map(({ name, json, dashboard }) => ({
    path: `/dashboards/${name}.json`,
    summary: `the Grafana dashboard '${dashboard.title}'`,
    handle: () =>
      new Response(json, {
        headers: { "content-type": "application/json", "cache-control": "no-cache" },
      }),
  }));
}

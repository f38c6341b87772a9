import type { Route } from "../ops/server.ts";
import { DASHBOARDS } from "./embedded.ts";

/** `/dashboards/NAME.json` for each dashboard that the binary carries, and `/dashboards/index.json`. */
export function dashboardRoutes(): Route[] {
  const index = DASHBOARDS.map(({ name, dashboard }) => {
    const { uid, title, description = "", tags = [] } = dashboard;
    return { name, uid, title, description, tags };
  });
  return [
    jsonRoute("index", "the list of the dashboards", `${JSON.stringify(index, undefined, 2)}\n`),
    ...DASHBOARDS.map(({ name, json, dashboard }) =>
      jsonRoute(name, `the Grafana dashboard '${dashboard.title}'`, json)
    ),
  ];
}

function jsonRoute(name: string, summary: string, json: string): Route {
  return {
    path: `/dashboards/${name}.json`,
    summary,
    handle: () =>
      new Response(json, {
        headers: { "content-type": "application/json", "cache-control": "no-cache" },
      }),
  };
}

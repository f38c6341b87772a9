/**
 * The page in the browser: dashboards, exploring and alerts over Prometheus' HTTP API. Start with
 * `app/app.tsx` (the page), `model/mod.ts` (what a dashboard is), `data/mod.ts` (asking) or
 * `panels/registry.ts` (drawing).
 *
 * @module
 */
import { render } from "preact";
import { App } from "./app/app.tsx";
import { loadEarly } from "./app/dashboard/load_dashboard.ts";

loadEarly(location.pathname);
const root = document.getElementById("page");
if (root) render(<App />, root);

import {
  type Dashboard,
  type DashboardSummary,
  readDashboard,
  ReadError,
} from "../../model/mod.ts";
import { routeOf } from "../route.ts";
import { keptFile } from "./kept_files.ts";

const LIST = "/dashboards/index.json";

/** Those whose panels the home view shows. */
export const HOME_DASHBOARDS: readonly string[] = ["echo", "slo"];

/** A dashboard and where it is from. */
export interface LoadedDashboard {
  readonly dashboard: Dashboard;
  readonly fromFile: boolean;
}

/** There is no dashboard of this name; what it names may be tried. */
export class NoSuchDashboard extends Error {
  override readonly name = "NoSuchDashboard";
}

const early = new Map<string, Promise<string>>();

/** Asks for what the view at `path` needs before there is anything to show it in. */
export function loadEarly(path: string): void {
  const route = routeOf(path);
  const names = route.view === "home"
    ? HOME_DASHBOARDS
    : route.view === "dashboard" && keptFile(route.name) === undefined
    ? [route.name]
    : [];
  for (const url of [LIST, ...names.map(urlOf)]) {
    const text = getText(url, new AbortController().signal);
    // Who asks for it later hears of it.
    text.catch(() => {});
    early.set(url, text);
  }
}

/** The dashboards that the service carries. */
export async function listDashboards(signal: AbortSignal): Promise<DashboardSummary[]> {
  return JSON.parse(await textOf(LIST, signal));
}

/** A dashboard by its name or uid: one that was opened from a file, or one of the service's. */
export async function loadDashboard(
  name: string,
  dashboards: readonly DashboardSummary[],
  signal: AbortSignal,
): Promise<LoadedDashboard> {
  const kept = keptFile(name);
  if (kept !== undefined) return { dashboard: parseDashboard(kept), fromFile: true };
  const known = dashboards.find((one) => one.name === name || one.uid === name);
  if (known === undefined && dashboards.length > 0) {
    throw new NoSuchDashboard(`There is no dashboard '${name}'.`);
  }
  const text = await textOf(urlOf(known?.name ?? name), signal);
  return { dashboard: parseDashboard(text), fromFile: false };
}

/** Reads a dashboard's JSON. Throws {@linkcode ReadError}. */
export function parseDashboard(text: string): Dashboard {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ReadError(`This is no JSON: ${why}.`, { cause });
  }
  return readDashboard(json);
}

function urlOf(name: string): string {
  return `/dashboards/${encodeURIComponent(name)}.json`;
}

/** What was asked for early serves once. */
function textOf(url: string, signal: AbortSignal): Promise<string> {
  const text = early.get(url) ?? getText(url, signal);
  early.delete(url);
  return text;
}

async function getText(url: string, signal: AbortSignal): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new Error("Cannot reach the service: is it running?", { cause });
  }
  if (response.status === 404) throw new NoSuchDashboard(`There is nothing at ${url}.`);
  if (!response.ok) throw new Error(`Cannot read ${url}: the service answered ${response.status}.`);
  return await response.text();
}

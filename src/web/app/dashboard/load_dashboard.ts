import {
  type Dashboard,
  type DashboardSummary,
  readDashboard,
  ReadError,
} from "../../model/mod.ts";
import { keptFile } from "./kept_files.ts";

/** A dashboard and where it is from. */
export interface LoadedDashboard {
  readonly dashboard: Dashboard;
  readonly fromFile: boolean;
}

/** There is no dashboard of this name; what it names may be tried. */
export class NoSuchDashboard extends Error {
  override readonly name = "NoSuchDashboard";
}

/** The dashboards that the service carries. */
export async function listDashboards(signal: AbortSignal): Promise<DashboardSummary[]> {
  return JSON.parse(await getText("/dashboards/index.json", signal));
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
  const text = await getText(`/dashboards/${encodeURIComponent(known?.name ?? name)}.json`, signal);
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

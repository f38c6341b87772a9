/** `targets`, `scrape_pools`. */
import { formatSignedDuration } from "../promql/print/numbers.ts";
import { dateText } from "./date_json.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET } from "./endpoint.ts";
import { type Json, listJson, safeJson } from "./json_text.ts";
import type { ActiveTarget, DroppedTarget, TargetSource } from "./sources.ts";

/** The addresses of targets. */
export const TARGET_ENDPOINTS: readonly Endpoint[] = [
  { path: "targets", methods: GET, answer: answerTargets },
  { path: "scrape_pools", methods: GET, answer: answerPools },
];

function answerPools({ targets }: ApiParts): Answer {
  return { data: [safeJson({ scrapePools: poolsOf(targets) })] };
}

function answerTargets({ targets }: ApiParts, { form }: ApiRequest): Answer {
  const state = form.get("state").toLowerCase();
  const pool = form.get("scrapePool");
  const isEither = state === "" || state === "any";
  const active = isEither || state === "active" ? inPool(targets.active(), pool) : [];
  const showsDropped = isEither || state === "dropped";
  const dropped = showsDropped ? inPool(targets.dropped(), pool) : [];
  const counts = showsDropped ? countByPool(targets) : null;
  return { data: targetsJson(active, dropped, counts) };
}

function inPool<T extends { readonly scrapePool: string }>(
  targets: readonly T[],
  pool: string,
): readonly T[] {
  return targets.filter(({ scrapePool }) => pool === "" || scrapePool === pool)
    .sort((a, b) => a.scrapePool < b.scrapePool ? -1 : a.scrapePool > b.scrapePool ? 1 : 0);
}

/** How many were dropped of every job, those that dropped none included. */
function countByPool(targets: TargetSource): Record<string, number> {
  const dropped = targets.dropped();
  return Object.fromEntries(
    poolsOf(targets).map((
      pool,
    ) => [pool, dropped.filter(({ scrapePool }) => scrapePool === pool).length]),
  );
}

function poolsOf(targets: TargetSource): string[] {
  const all = [...targets.active(), ...targets.dropped()];
  return [...new Set(all.map(({ scrapePool }) => scrapePool))].sort();
}

function* targetsJson(
  active: readonly ActiveTarget[],
  dropped: readonly DroppedTarget[],
  counts: Json,
): Generator<string> {
  yield '{"activeTargets":';
  yield* listJson(active, (target) => safeJson(activeJson(target)));
  yield ',"droppedTargets":';
  yield* listJson(
    dropped,
    ({ discoveredLabels, scrapePool }) => safeJson({ discoveredLabels, scrapePool }),
  );
  yield `,"droppedTargetCounts":${safeJson(counts)}}`;
}

function activeJson(target: ActiveTarget): Json {
  return {
    discoveredLabels: target.discoveredLabels,
    labels: target.labels,
    scrapePool: target.scrapePool,
    scrapeUrl: target.scrapeUrl,
    globalUrl: target.globalUrl,
    lastError: target.lastError,
    lastScrape: dateText(target.lastScrape),
    lastScrapeDuration: target.lastScrapeDurationMs / 1000,
    health: target.health,
    scrapeInterval: formatSignedDuration(target.scrapeIntervalMs),
    scrapeTimeout: formatSignedDuration(target.scrapeTimeoutMs),
  };
}

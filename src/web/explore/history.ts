const KEY = "explore-history";
const MOST = 50;

/** Where queries are kept: the tab's session storage. */
export type Keeper = Pick<Storage, "getItem" | "setItem">;

/** Queries that were run in this tab, latest first. */
export function historyOf(keeper: Keeper): string[] {
  try {
    const kept: unknown = JSON.parse(keeper.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers queries. A browser that keeps nothing does not mind. */
export function remember(keeper: Keeper, queries: readonly string[]): void {
  const kept = [...new Set([...queries, ...historyOf(keeper)])].slice(0, MOST);
  try {
    keeper.setItem(KEY, JSON.stringify(kept));
  } catch {
    return;
  }
}

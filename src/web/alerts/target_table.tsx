import type { VNode } from "preact";
import type { ScrapeTarget } from "../data/mod.ts";
import { Labels, State } from "./labels.tsx";
import { ago, duration, gravityOfHealth, targetsInOrder } from "./words.ts";

/** What is scraped, and how that went. */
export function TargetTable(
  { targets, now }: { targets: readonly ScrapeTarget[]; now: number },
): VNode {
  if (targets.length === 0) {
    return (
      <p class="faint">
        Nothing is scraped: this Prometheus has no targets, or its discovery finds none.
      </p>
    );
  }
  return (
    <div class="target-table" role="region" aria-label="Table of targets" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Target</th>
            <th scope="col">Labels</th>
            <th scope="col">Last scrape</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {targetsInOrder(targets).map((target) => (
            <tr key={`${target.scrapePool} ${target.scrapeUrl}`}>
              <td>
                <State word={target.health} gravity={gravityOfHealth(target.health)} />
              </td>
              <td>
                <span class="endpoint">{target.scrapeUrl}</span>
                {target.lastError !== "" && <p class="bad">{target.lastError}</p>}
              </td>
              <td>
                <Labels labels={target.labels} />
              </td>
              <td>
                {ago(target.lastScrape, now)}
                {target.scrapeInterval && <span class="faint">, every {target.scrapeInterval}
                </span>}
              </td>
              <td>{target.lastScrapeDuration > 0 ? duration(target.lastScrapeDuration) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

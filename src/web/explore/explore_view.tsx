import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useRetry } from "../app/connection.tsx";
import { type Frame, FrameProvider } from "../app/dashboard/frame_context.ts";
import { Toolbar } from "../app/dashboard/toolbar.tsx";
import { useClock } from "../app/dashboard/use_clock.ts";
import { timeShortcuts, useTime } from "../app/dashboard/use_time.ts";
import { changeParameters, type Place } from "../app/place.ts";
import { Icon } from "../app/ui/icon.tsx";
import { useShortcuts } from "../app/use_shortcuts.ts";
import { historyOf, remember } from "./history.ts";
import { HistoryMenu } from "./history_menu.tsx";
import { type Mode, modeOf, panelsOf, refIdOf } from "./panels.ts";
import { QueryRow } from "./query_row.tsx";
import { Result } from "./result.tsx";

const DEFAULTS = { from: "now-1h", to: "now", zone: "browser" };

/** Asks Prometheus anything: queries in the URL, drawn over time and as a table. */
export function ExploreView({ place: { parameters } }: { place: Place }): VNode {
  const interval = parameters.get("refresh") ?? "";
  const [round, refresh] = useClock(interval);
  const time = useTime(parameters, round.now, DEFAULTS);
  const { range, zone } = time;
  const queries = useStable(parameters.getAll("expr").filter((query) => query.trim() !== ""));
  const mode = modeOf(parameters.get("type"));
  const step = parameters.get("step") ?? "";
  const [drafts, setDrafts] = useDrafts(queries);
  const panels = useMemo(() => panelsOf(queries, mode, step), [queries, mode, step]);
  const frame = useMemo<Frame>(() => ({
    range,
    round: round.number,
    zone,
    annotations: [],
    crosshair: undefined,
    ready: true,
    viewed: undefined,
    view: () => {},
  }), [range, round, zone]);
  useRetry(refresh);
  useShortcuts({ refresh, ...timeShortcuts(time) });
  const run = (asked = drafts) => {
    const next = asked.filter((query) => query.trim() !== "");
    remember(sessionStorage, next);
    changeParameters({ expr: next, inspect: undefined });
    refresh();
  };
  return (
    <FrameProvider value={frame}>
      <Toolbar time={time} interval={interval} onRefresh={refresh}>
        <h1>Explore</h1>
      </Toolbar>
      <form
        class="explore"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        {drafts.map((query, at) => (
          <QueryRow
            key={at}
            refId={refIdOf(at)}
            query={query}
            only={drafts.length === 1}
            range={range}
            onChange={(text) => setDrafts(drafts.with(at, text))}
            onRun={() => run()}
            onRemove={() => {
              const rest = drafts.filter((_, other) => other !== at);
              setDrafts(rest);
              run(rest);
            }}
          />
        ))}
        <div class="explore-actions">
          <button type="submit" class="primary">Run query</button>
          <button type="button" onClick={() => setDrafts([...drafts, ""])}>Add query</button>
          <HistoryMenu
            read={() => historyOf(sessionStorage)}
            onChoose={(query) => {
              setDrafts([...drafts.slice(0, -1), query]);
              run([...drafts.slice(0, -1), query]);
            }}
          />
          <span class="space" />
          <ModeChoice mode={mode} />
          <StepField key={step} step={step} />
        </div>
      </form>
      {queries.length === 0
        ? <Hints onRun={(query) => run([query])} />
        : panels.map((placed) => (
          <Result
            key={placed.key}
            placed={placed}
            inspected={parameters.get("inspect") === placed.key}
          />
        ))}
    </FrameProvider>
  );
}

/** What is being written; the URL's queries whenever those change. */
function useDrafts(
  queries: readonly string[],
): [readonly string[], (drafts: readonly string[]) => void] {
  const [drafts, setDrafts] = useState<readonly string[]>(queries.length === 0 ? [""] : queries);
  useEffect(() => {
    if (queries.length > 0) setDrafts(queries);
  }, [queries]);
  return [drafts.length === 0 ? [""] : drafts, setDrafts];
}

/** The same array as before as long as it holds the same. */
function useStable(texts: readonly string[]): readonly string[] {
  const key = JSON.stringify(texts);
  return useMemo(() => texts, [key]);
}

const MODES: readonly [Mode, string][] = [
  ["both", "Graph and table"],
  ["range", "Graph"],
  ["instant", "Table"],
];

function ModeChoice({ mode }: { mode: Mode }): VNode {
  return (
    <select
      aria-label="Show"
      value={mode}
      onChange={({ currentTarget: { value } }) =>
        changeParameters({ type: value === "both" ? undefined : value }, { replace: true })}
    >
      {MODES.map(([value, title]) => <option key={value} value={value}>{title}</option>)}
    </select>
  );
}

function StepField({ step }: { step: string }): VNode {
  return (
    <label class="step">
      Least step
      <input
        type="text"
        value={step}
        placeholder="auto"
        size={6}
        onChange={({ currentTarget: { value } }) =>
          changeParameters({ step: value.trim() || undefined }, { replace: true })}
      />
    </label>
  );
}

const EXAMPLES: readonly [string, string][] = [
  ["up", "Which targets answer"],
  ["sum by (grpc_method) (rate(grpc_server_handled_total[$__rate_interval]))", "Calls a second"],
  [
    "histogram_quantile(0.99, sum by (le) (rate(grpc_server_handling_seconds_bucket[$__rate_interval])))",
    "Duration of the slowest in a hundred calls",
  ],
  ['topk(10, count by (__name__) ({__name__=~".+"}))', "Metrics with the most series"],
];

function Hints({ onRun }: { onRun: (query: string) => void }): VNode {
  return (
    <section class="hints" aria-label="Examples">
      <h2>Type a query, or begin with one of these</h2>
      <ul>
        {EXAMPLES.map(([query, title]) => (
          <li key={query}>
            <button type="button" onClick={() => onRun(query)}>
              <Icon name="later" />
              <span>{title}</span>
              <code>{query}</code>
            </button>
          </li>
        ))}
      </ul>
      <p class="faint">
        <kbd>Ctrl</kbd> <kbd>Space</kbd> suggests, <kbd>Enter</kbd> runs, <kbd>Shift</kbd>{" "}
        <kbd>Enter</kbd> starts a new line.
      </p>
    </section>
  );
}

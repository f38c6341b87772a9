import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useSurroundings } from "../context.ts";
import { goTo, type Place } from "../place.ts";
import { Message } from "../ui/message.tsx";
import { DashboardBody } from "./dashboard_body.tsx";
import { dropFile } from "./kept_files.ts";
import { loadDashboard, type LoadedDashboard, NoSuchDashboard } from "./load_dashboard.ts";

/** A dashboard by its name in the URL. */
export function DashboardView({ name, place }: { name: string; place: Place }): VNode {
  const { dashboards } = useSurroundings();
  const [loaded, setLoaded] = useState<{ name: string; result: LoadedDashboard | Error }>();
  const [attempt, setAttempt] = useState(0);
  useLayoutEffect(() => {
    const abort = new AbortController();
    loadDashboard(name, dashboards, abort.signal).then(
      (result) => setLoaded({ name, result }),
      (error) => {
        if (abort.signal.aborted) return;
        const result = error instanceof Error ? error : new Error(String(error));
        setLoaded({ name, result });
      },
    );
    return () => abort.abort();
  }, [name, dashboards, attempt]);

  const result = loaded?.name === name ? loaded.result : undefined;
  const title = result instanceof Error || result === undefined ? name : result.dashboard.title;
  useEffect(() => {
    document.title = `${title} · Echoscope`;
  }, [title]);

  if (result === undefined) return <p class="waiting" role="status">Loading {name} …</p>;
  if (result instanceof Error) {
    const missing = result instanceof NoSuchDashboard;
    return (
      <Message title={missing ? result.message : "This dashboard cannot be shown"}>
        {!missing && <p>{result.message}</p>}
        {missing
          ? (
            <p>
              A dashboard from a file is kept until its tab is closed: open the file again. The
              service's own dashboards are on the <a href="/">home page</a>.
            </p>
          )
          : (
            <button type="button" class="primary" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </button>
          )}
      </Message>
    );
  }
  const leave = () => {
    dropFile(name);
    goTo("/");
  };
  return (
    <DashboardBody
      key={name}
      dashboard={result.dashboard}
      place={place}
      onClose={result.fromFile ? leave : undefined}
    />
  );
}

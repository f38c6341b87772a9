import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { AlertsView } from "../alerts/mod.ts";
import { PrometheusClient, scrapeSecondsOf } from "../data/mod.ts";
import { ExploreView } from "../explore/mod.ts";
import type { DashboardSummary } from "../model/mod.ts";
import { ConnectionNotice, useRetry, watchedFetch } from "./connection.tsx";
import { type Surroundings, SurroundingsProvider } from "./context.ts";
import { DashboardView } from "./dashboard/dashboard_view.tsx";
import { listDashboards } from "./dashboard/load_dashboard.ts";
import { Header } from "./header/header.tsx";
import { HelpDialog } from "./help_dialog.tsx";
import { HomeView } from "./home/home_view.tsx";
import { DropTarget } from "./open_file.tsx";
import { changeParameters, followLinks, goTo, type Place, usePlace } from "./place.ts";
import { routeOf } from "./route.ts";
import { nextTheme, useTheme } from "./theme.ts";
import { Message } from "./ui/message.tsx";
import { Toasts } from "./ui/toasts.tsx";
import { useShortcuts } from "./use_shortcuts.ts";

/** The whole page. */
export function App(): VNode {
  const place = usePlace();
  const { choice, theme } = useTheme(place.parameters);
  const client = useMemo(() => new PrometheusClient({ fetch: watchedFetch }), []);
  const dashboards = useDashboards();
  const scrapeSeconds = useScrapeSeconds(client);
  const [help, setHelp] = useState(false);
  const kiosk = place.parameters.has("kiosk");
  const surroundings = useMemo<Surroundings | undefined>(
    () => dashboards === undefined ? undefined : { client, dashboards, theme, scrapeSeconds },
    [client, dashboards, theme, scrapeSeconds],
  );
  useEffect(followLinks, []);
  useFocusOnPath(place.path);
  useShortcuts({
    help: () => setHelp(true),
    home: () => goTo("/"),
    explore: () => goTo("/explore"),
    alerts: () => goTo("/alerts"),
    theme: () => nextTheme(choice),
    kiosk: () => changeParameters({ kiosk: kiosk ? undefined : "1" }, { replace: true }),
    ...(kiosk ? { back: () => changeParameters({ kiosk: undefined }, { replace: true }) } : {}),
  });
  return (
    <>
      <a class="skip" href="#main">Skip to the content</a>
      {!kiosk && (
        <Header
          place={place}
          dashboards={dashboards ?? []}
          themeChoice={choice}
          onHelp={() => setHelp(true)}
        />
      )}
      <ConnectionNotice />
      <main id="main" tabIndex={-1}>
        {surroundings !== undefined && (
          <SurroundingsProvider value={surroundings}>
            <View place={place} />
          </SurroundingsProvider>
        )}
      </main>
      {help && <HelpDialog onClose={() => setHelp(false)} />}
      <DropTarget />
      <Toasts />
    </>
  );
}

function View({ place }: { place: Place }): VNode {
  const route = routeOf(place.path);
  useEffect(() => {
    const titles = { home: "Home", explore: "Explore", alerts: "Alerts", nothing: "Not found" };
    if (route.view !== "dashboard") document.title = `${titles[route.view]} · Echoscope`;
  }, [route.view]);
  switch (route.view) {
    case "home":
      return <HomeView place={place} />;
    case "explore":
      return <ExploreView place={place} />;
    case "alerts":
      return <AlertsView place={place} />;
    case "dashboard":
      return <DashboardView name={route.name} place={place} />;
    case "nothing":
      return (
        <Message title="There is nothing here">
          <p>
            The page has no view <code>{place.path}</code>. <a href="/">Go home</a>
          </p>
        </Message>
      );
  }
}

/** The service's dashboards; none at all where they cannot be had, undefined before that is known. */
function useDashboards(): readonly DashboardSummary[] | undefined {
  const [dashboards, setDashboards] = useState<readonly DashboardSummary[]>();
  const [attempt, setAttempt] = useState(0);
  useRetry(() => setAttempt((old) => old + 1));
  useLayoutEffect(() => {
    const abort = new AbortController();
    listDashboards(abort.signal).then(setDashboards, () => {
      if (!abort.signal.aborted) setDashboards((old) => old ?? []);
    });
    return () => abort.abort();
  }, [attempt]);
  return dashboards;
}

/** Seconds between scrapes, which `$__rate_interval` needs; undefined before it is known. */
function useScrapeSeconds(client: PrometheusClient): number | undefined {
  const [seconds, setSeconds] = useState<number>();
  useLayoutEffect(() => {
    client.targets().then(
      (targets) => setSeconds(scrapeSecondsOf(targets)),
      () => setSeconds(scrapeSecondsOf([])),
    );
  }, [client]);
  return seconds;
}

/** Someone who follows a link with the keyboard goes on in the new view. */
function useFocusOnPath(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) document.getElementById("main")?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
}

import type { VNode } from "preact";
import type { DashboardSummary } from "../../model/mod.ts";
import { keptTitle } from "../dashboard/kept_files.ts";
import { OpenFileButton } from "../open_file.tsx";
import type { Place } from "../place.ts";
import { routeOf } from "../route.ts";
import { nextTheme, type ThemeChoice } from "../theme.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Popover } from "../ui/popover.tsx";

const PAGES: readonly [string, string, IconName, string][] = [
  ["/", "Home", "home", "home"],
  ["/explore", "Explore", "explore", "explore"],
  ["/alerts", "Alerts", "alert", "alerts"],
];

const THEME_WORDS = { system: "as the system", dark: "dark", light: "light" } as const;

/** The top of the page: where one is, and where else one can go. */
export function Header(
  { place, dashboards, themeChoice, onHelp }: {
    place: Place;
    dashboards: readonly DashboardSummary[];
    themeChoice: ThemeChoice;
    onHelp: () => void;
  },
): VNode {
  const route = routeOf(place.path);
  const here = route.view === "dashboard" ? route.name : undefined;
  const kept = here === undefined ? undefined : keptTitle(here);
  const current = dashboards.find(({ name, uid }) => name === here || uid === here);
  return (
    <header class="banner">
      <a class="brand" href="/">
        <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
          <path d="M3 18h6l4-11 6 19 4-12 2 4h4" />
        </svg>
        Echoscope
      </a>
      <nav class="pages" aria-label="Pages">
        {PAGES.map(([url, title, icon, view]) => (
          <a key={url} href={url} aria-current={route.view === view ? "page" : undefined}>
            <Icon name={icon} />
            <span>{title}</span>
          </a>
        ))}
      </nav>
      <Popover
        label={`Dashboards: ${kept ?? current?.title ?? here ?? "choose one"}`}
        contentLabel="Dashboards"
        kind="menu"
        class="dashboards"
        face={
          <>
            <Icon name="dashboards" />
            <span>{kept ?? current?.title ?? here ?? "Dashboards"}</span>
            <Icon name="down" />
          </>
        }
      >
        {(close) => <DashboardList dashboards={dashboards} current={current} close={close} />}
      </Popover>
      <span class="space" />
      <OpenFileButton />
      <button
        type="button"
        class="quiet"
        aria-label={`Theme: ${themeChoice}`}
        title={`Theme: ${THEME_WORDS[themeChoice]} (c t)`}
        onClick={() => nextTheme(themeChoice)}
      >
        <Icon name={themeChoice} />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onHelp}
      >
        <Icon name="help" />
      </button>
    </header>
  );
}

function DashboardList(
  { dashboards, current, close }: {
    dashboards: readonly DashboardSummary[];
    current: DashboardSummary | undefined;
    close: () => void;
  },
): VNode {
  return (
    <>
      {dashboards.map((one) => (
        <a
          key={one.uid}
          role="menuitem"
          tabIndex={-1}
          href={`/d/${one.name}`}
          aria-current={one === current ? "page" : undefined}
          onClick={close}
        >
          <span>{one.title}</span>
        </a>
      ))}
      {dashboards.length === 0 && <p class="faint" role="none">The service carries none.</p>}
    </>
  );
}

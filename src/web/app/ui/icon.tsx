import type { VNode } from "preact";

/** Paths in a box of 16 by 16, drawn as lines. */
const PATHS = {
  home: "M2.5 7.5 8 2.5l5.5 5v6h-4v-4h-3v4h-4z",
  explore: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zm2.6 3.6L9 9l-3.6 1.6L7 7z",
  alert: "M4 11V7a4 4 0 0 1 8 0v4l1.2 1.5H2.8zm2.7 3h2.6",
  dashboards: "M2.5 2.5h4.5v6H2.5zM9 2.5h4.5v3.5H9zM9 8h4.5v5.5H9zM2.5 10.5h4.5v3H2.5z",
  open: "M2 12.5v-9h4l1.5 2h6.5v7zM8 7.2v4m-2-2 2-2 2 2",
  dark: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  light:
    "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  system: "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
  help:
    "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.3M8 11.3v.2",
  info: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.3V11.5M8 4.7v.2",
  clock: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.5V8l2.3 1.5",
  earlier: "M10 3 5 8l5 5",
  later: "M6 3l5 5-5 5",
  down: "M4 6l4 4 4-4",
  "zoom out": "M6.8 2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6zM10.3 10.3 14 14M4.8 6.8h4",
  refresh: "M13.5 3v3.5H10M13.2 6.3A5.6 5.6 0 1 0 13.6 9",
  menu: "M8 3.5v.1M8 8v.1M8 12.5v.1",
  view: "M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5 9.3 6.7M2.5 13.5l4.2-4.2",
  inspect: "M3 2h7l3 3v9H3zM5.5 8h5M5.5 10.8h5",
  share:
    "M6.7 9.3a2.5 2.5 0 0 0 3.6 0l2.5-2.5a2.5 2.5 0 0 0-3.6-3.6L8.3 4M9.3 6.7a2.5 2.5 0 0 0-3.6 0L3.2 9.2a2.5 2.5 0 0 0 3.6 3.6l.9-.8",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  check: "M3 8.5l3.2 3.2L13 4.5",
  warning: "M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.1",
  good: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM5 8.3l2.1 2.1L11 6",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon beside words, or in a button that has a name of its own. */
export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** What a key can ask for. */
export type Action =
  | "help"
  | "home"
  | "explore"
  | "alerts"
  | "theme"
  | "back"
  | "refresh"
  | "kiosk"
  | "expand rows"
  | "collapse rows"
  | "zoom out"
  | "earlier"
  | "later"
  | "absolute time"
  | "copy time"
  | "paste time"
  | "panel view"
  | "panel explore"
  | "panel inspect"
  | "panel share"
  | "panel menu";

/** One shortcut: Grafana's keys, one after the other. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly action: Action;
  readonly title: string;
  readonly group: "Everywhere" | "Time range" | "Dashboard" | "Panel under the pointer or focus";
}

/** Every shortcut of the page, as the help shows them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ["g", "h"], action: "home", title: "Go home", group: "Everywhere" },
  { keys: ["g", "e"], action: "explore", title: "Explore", group: "Everywhere" },
  { keys: ["g", "a"], action: "alerts", title: "Targets and alerts", group: "Everywhere" },
  { keys: ["c", "t"], action: "theme", title: "Change theme", group: "Everywhere" },
  { keys: ["Escape"], action: "back", title: "Leave a panel or a dialog", group: "Everywhere" },
  { keys: ["?"], action: "help", title: "Show this help", group: "Everywhere" },
  { keys: ["t", "z"], action: "zoom out", title: "Zoom out", group: "Time range" },
  { keys: ["t", "ArrowLeft"], action: "earlier", title: "Move backwards", group: "Time range" },
  { keys: ["t", "ArrowRight"], action: "later", title: "Move forwards", group: "Time range" },
  { keys: ["t", "a"], action: "absolute time", title: "Make it absolute", group: "Time range" },
  { keys: ["t", "c"], action: "copy time", title: "Copy it", group: "Time range" },
  { keys: ["t", "v"], action: "paste time", title: "Paste it", group: "Time range" },
  { keys: ["d", "r"], action: "refresh", title: "Refresh all panels", group: "Dashboard" },
  { keys: ["d", "k"], action: "kiosk", title: "Without the header", group: "Dashboard" },
  { keys: ["d", "E"], action: "expand rows", title: "Expand all rows", group: "Dashboard" },
  { keys: ["d", "C"], action: "collapse rows", title: "Collapse all rows", group: "Dashboard" },
  ...([
    ["v", "panel view", "View alone, and back"],
    ["e", "panel explore", "Explore its query"],
    ["i", "panel inspect", "Inspect"],
    ["m", "panel menu", "Open its menu"],
  ] as const).map(([key, action, title]) => ({
    keys: [key],
    action,
    title,
    group: "Panel under the pointer or focus" as const,
  })),
  {
    keys: ["p", "s"],
    action: "panel share",
    title: "Share a link",
    group: "Panel under the pointer or focus",
  },
];

const PATIENCE_MS = 1000;

/** Follows keys and says which shortcut they complete. */
export class KeySequence {
  #pressed: string[] = [];
  #last = 0;

  /** The action that `key` completes at `at` (milliseconds), if any. */
  press(key: string, at: number): Action | undefined {
    if (at - this.#last > PATIENCE_MS) this.#pressed = [];
    this.#last = at;
    const longer = [...this.#pressed, key];
    // A key that does not go on with what was pressed may start something.
    for (const pressed of [longer, [key]]) {
      const begun = SHORTCUTS.filter(({ keys }) => pressed.every((one, at) => keys[at] === one));
      const complete = begun.find(({ keys }) => keys.length === pressed.length);
      if (complete !== undefined) {
        this.#pressed = [];
        return complete.action;
      }
      if (begun.length > 0) {
        this.#pressed = pressed;
        return undefined;
      }
    }
    this.#pressed = [];
    return undefined;
  }
}

import type { PlacedRow } from "../../model/mod.ts";
import { changeParameters } from "../place.ts";
import type { Handlers } from "../use_shortcuts.ts";
import type { Frame } from "./frame_context.ts";
import { flippedRows } from "./grid.tsx";
import { explorePanel, sharePanel } from "./panel_actions.ts";

/** Shortcuts that fold and open all rows. */
export function rowShortcuts(rows: readonly PlacedRow[]): Handlers {
  const fold = (folded: boolean) => () => {
    const flipped = rows.filter(({ collapsed }) => collapsed !== folded).map(({ key }) => key);
    changeParameters(flippedRows(new Set(flipped)), { replace: true });
  };
  return { "expand rows": fold(false), "collapse rows": fold(true) };
}

/** Shortcuts for the panel under the pointer, or else the one with the focus. */
export function panelShortcuts({ view, range }: Frame): Handlers {
  const withPanel = (act: (key: string, element: HTMLElement) => void) => () => {
    const element = document.querySelector<HTMLElement>(".panel:hover") ??
      document.activeElement?.closest<HTMLElement>(".panel");
    const key = element?.dataset["panelKey"];
    if (element && key !== undefined) act(key, element);
  };
  return {
    "panel view": withPanel(view),
    "panel explore": withPanel(explorePanel),
    "panel inspect": withPanel((key) => changeParameters({ inspect: key }, { replace: true })),
    "panel share": withPanel((key) => void sharePanel(key, range)),
    "panel menu": withPanel((_, element) => {
      element.querySelector<HTMLElement>(".panel-menu > button")?.click();
    }),
  };
}

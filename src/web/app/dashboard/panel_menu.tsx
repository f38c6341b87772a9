import type { VNode } from "preact";
import type { Panel } from "../../model/mod.ts";
import { changeParameters } from "../place.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Popover } from "../ui/popover.tsx";
import { useFrame } from "./frame_context.ts";
import { explorePanel, sharePanel } from "./panel_actions.ts";

/** What can be done with a panel. */
export function PanelMenu({ panel, panelKey }: { panel: Panel; panelKey: string }): VNode {
  const { viewed, view, range } = useFrame();
  const alone = viewed === panelKey;
  const items: readonly [IconName, string, string, () => void][] = [
    ["view", alone ? "Back to the dashboard" : "View", "v", () => view(panelKey)],
    ["explore", "Explore", "e", () => explorePanel(panelKey)],
    ["inspect", "Inspect", "i", () => changeParameters({ inspect: panelKey }, { replace: true })],
    ["share", "Share", "p s", () => void sharePanel(panelKey, range)],
  ];
  return (
    <Popover
      label={`Menu of ${panel.title || `panel ${panelKey}`}`}
      kind="menu"
      class="panel-menu"
      face={<Icon name="menu" />}
    >
      {(close) =>
        items.map(([icon, title, keys, act]) => (
          <button
            key={title}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              close();
              act();
            }}
          >
            <Icon name={icon} />
            <span>{title}</span>
            <kbd aria-hidden="true">{keys}</kbd>
          </button>
        ))}
    </Popover>
  );
}

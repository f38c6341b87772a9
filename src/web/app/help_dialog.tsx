import type { VNode } from "preact";
import { SHORTCUTS } from "./shortcuts.ts";
import { Dialog } from "./ui/dialog.tsx";

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** All shortcuts, as Grafana has them. */
export function HelpDialog({ onClose }: { onClose: () => void }): VNode {
  const groups = Map.groupBy(SHORTCUTS, ({ group }) => group);
  return (
    <Dialog title="Keyboard shortcuts" wide onClose={onClose}>
      <div class="shortcuts">
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {shortcuts.map(({ keys, title }) => (
                <div key={title}>
                  <dt>{keys.map((key) => <kbd key={key}>{KEY_NAMES[key] ?? key}</kbd>)}</dt>
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useBox } from "../shared/use_box.ts";
import type { PlotKind, PlotModel } from "./kind.ts";
import { Plot, type PlotState } from "./plot.ts";

/** A plot that fills its element. `handle` is where the plot is found while it is there. */
export function PlotView<Model extends PlotModel>(
  { kind, state, handle }: {
    kind: PlotKind<Model>;
    state: PlotState<Model>;
    handle?: { current: Plot<Model> | undefined };
  },
): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const own = useRef<Plot<Model> | undefined>(undefined);
  const plot = handle ?? own;
  const box = useBox(root);
  useLayoutEffect(() => {
    if (root.current === null) return;
    const made = new Plot(root.current, kind, state);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [kind]);
  useLayoutEffect(() => plot.current?.update(state));
  useLayoutEffect(() => {
    if (box !== undefined) plot.current?.resize(box.width, box.height);
  }, [box]);
  return <div class="plot" ref={root} />;
}

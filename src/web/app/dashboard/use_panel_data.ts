import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { runPanel } from "../../data/mod.ts";
import type { PanelData } from "../../data/series.ts";
import type { PlacedPanel } from "../../model/mod.ts";
import { useSurroundings } from "../context.ts";
import { forget, paced } from "../paced.ts";
import { useFrame } from "./frame_context.ts";

/** What a panel has to show, and whether more is on its way. */
export interface Shown {
  readonly data: PanelData | undefined;
  /** It takes so long that it should be said. */
  readonly loading: boolean;
}

/** Milliseconds after which a question counts as slow. */
const SLOW_MS = 400;

/** What comes within so many milliseconds is drawn together, where something is shown already. */
const GATHER_MS = 60;

/** Width in steps, so that a window that is being resized does not ask for each pixel. */
const WIDTH_STEP = 250;

/**
 * Asks for the data of a panel whenever its queries, the range or the round change and it is in sight.
 * What was shown stays until the new data is there; when the new data fails it stays as stale.
 */
export function usePanelData(
  placed: PlacedPanel,
  { width, wanted }: { width: number | undefined; wanted: boolean },
): Shown {
  const { client, scrapeSeconds } = useSurroundings();
  const { range, round } = useFrame();
  const [shown, setShown] = useState<Shown>({ data: undefined, loading: false });
  const data = useRef<PanelData | undefined>(undefined);
  const done = useRef<readonly unknown[]>([]);
  const owner = useRef({}).current;
  const { panel, scope } = placed;
  const drawn = width !== undefined;
  const coarse = Math.ceil((width ?? 0) / WIDTH_STEP);

  // Before the frame is painted: the first questions go out as early as can be.
  useLayoutEffect(() => {
    const question = [panel, scope, range.from, range.to, round, coarse, scrapeSeconds];
    const same = question.every((part, at) => part === done.current[at]);
    if (!wanted || width === undefined || scrapeSeconds === undefined || same) return;
    const abort = new AbortController();
    const { signal } = abort;
    const slow = setTimeout(
      () => setShown((old) => old.loading ? old : { ...old, loading: true }),
      SLOW_MS,
    );
    const previous = data.current;
    runPanel(client, panel, { range, width, scope, scrapeSeconds, signal, previous }).then(
      (found) => {
        if (signal.aborted) return;
        clearTimeout(slow);
        paced(owner, () => {
          done.current = question;
          data.current = found;
          setShown({ data: found, loading: false });
        }, previous === undefined ? 0 : GATHER_MS);
      },
      (error) => {
        if (!signal.aborted) throw error;
      },
    );
    return () => {
      abort.abort();
      clearTimeout(slow);
      forget(owner);
    };
  }, [panel, scope, range.from, range.to, round, drawn, coarse, scrapeSeconds, wanted]);

  return shown;
}

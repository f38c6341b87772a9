import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AnnotationMark, TimeRange } from "../../data/series.ts";

/** What all panels of a dashboard share. */
export interface Frame {
  readonly range: TimeRange;
  /** Increases when everything is to be asked anew. */
  readonly round: number;
  readonly zone: string;
  readonly annotations: readonly AnnotationMark[];
  /** See `PanelProps.crosshair`. */
  readonly crosshair: string | undefined;
  /** See `PanelProps.sharedTooltip`. */
  readonly sharedTooltip?: boolean;
  /** Panels wait until variables are known. */
  readonly ready: boolean;
  /** The key of the panel that is shown alone. */
  readonly viewed: string | undefined;
  /** Shows a panel alone, or all again. */
  readonly view: (key: string) => void;
}

const Context = createContext<Frame | undefined>(undefined);

/** Gives it to the panels below. */
export const FrameProvider = Context.Provider;

/** What the panel shares with the others. */
export function useFrame(): Frame {
  const frame = useContext(Context);
  if (frame === undefined) throw new Error("a panel outside of a dashboard");
  return frame;
}

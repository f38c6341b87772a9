/**
 * What draws a panel. Each kind is a component of {@linkcode PanelProps} in a file of its own, and is
 * listed in `panels/registry.ts` by Grafana's type id.
 *
 * @module
 */
import type { ComponentType } from "preact";
import type { PanelData, TimeRange } from "../data/series.ts";
import type { Panel } from "../model/dashboard.ts";

/** Everything a panel's drawing depends on. */
export interface PanelProps {
  /** With variables filled in. */
  readonly panel: Panel;
  readonly data: PanelData;
  /** Pixels inside the frame. */
  readonly width: number;
  readonly height: number;
  readonly theme: "dark" | "light";
  /** "browser", "utc" or a zone's name. */
  readonly timeZone: string;
  /** Panels with the same key share their crosshair; undefined shares with none. */
  readonly crosshair: string | undefined;
  /** Whether a shared crosshair shows the values too. */
  readonly sharedTooltip?: boolean | undefined;
  /** Called when a span was dragged. */
  readonly onZoom: (range: TimeRange) => void;
  /** Where an exemplar's trace is, or undefined where nothing shows traces. */
  readonly traceUrl?: ((traceId: string) => string) | undefined;
}

/** A kind of panel. */
export type PanelComponent = ComponentType<PanelProps>;

import type { ComponentChildren, VNode } from "preact";
import { changeParameters } from "../place.ts";
import { RefreshPicker } from "../header/refresh_picker.tsx";
import { TimePicker } from "../header/time_picker.tsx";
import type { Time } from "./use_time.ts";

/** The bar above a view: its own controls at the left, time and refresh at the right. */
export function Toolbar(
  { time, interval, onRefresh, children }: {
    time: Time;
    interval: string;
    onRefresh: () => void;
    children?: ComponentChildren;
  },
): VNode {
  return (
    <div class="toolbar">
      {children}
      <span class="space" />
      <div class="pickers">
        <TimePicker
          raw={time.raw}
          zone={time.zone}
          now={time.now}
          onChange={time.set}
          onZone={(timezone) => changeParameters({ timezone })}
          onZoomOut={time.zoomOut}
          onShift={time.shift}
        />
        <RefreshPicker
          interval={interval}
          onRefresh={onRefresh}
          onChange={(refresh) => changeParameters({ refresh }, { replace: true })}
        />
      </div>
    </div>
  );
}

import { zoneOffset } from "../../format/mod.ts";

/** A date whose local clock shows what the zone's clock shows at that moment, as uPlot wants it. */
export function zonedDate(ms: number, zone: string): Date {
  return new Date(ms + zoneOffset(ms, zone) - zoneOffset(ms, "browser"));
}

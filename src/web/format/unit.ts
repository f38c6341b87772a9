/** A number as a unit writes it; all three together are what is read. */
export interface UnitText {
  readonly text: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** Writes a number. Without `decimals`, as many as are useful; `zone` only matters to dates. */
export type Unit = (value: number, decimals?: number, zone?: string) => UnitText;

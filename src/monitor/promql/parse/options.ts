/** Parts of the language that stock Prometheus turns on by a flag. All are on by default. */
export interface ParseOptions {
  /** `promql-experimental-functions`, also the aggregations limitk and limit_ratio. */
  readonly experimentalFunctions?: boolean;
  /** `promql-duration-expr`: arithmetic in ranges and offsets. */
  readonly durationExpressions?: boolean;
  /** `promql-extended-range-selectors`: anchored and smoothed. */
  readonly extendedRangeSelectors?: boolean;
  /** `promql-binop-fill-modifiers`: fill, fill_left and fill_right. */
  readonly fillModifier?: boolean;
  /** Names with dots and letters of any script without quotes. */
  readonly unicodeNames?: boolean;
}

export const ALL_ON: Required<ParseOptions> = {
  experimentalFunctions: true,
  durationExpressions: true,
  extendedRangeSelectors: true,
  fillModifier: true,
  unicodeNames: true,
};

/**
 * The parser of what targets expose.
 *
 * @module
 */
export type { Format } from "./content_type.ts";
export { type ExpositionOptions, parseExposition, parseExpositionInSlices } from "./exposition.ts";
export { ExpositionError, movedDown } from "./exposition_error.ts";
export { LONGEST_LINE } from "./page_reader.ts";
export type {
  Exposition,
  LabelPair,
  MetricType,
  ParsedExemplar,
  ParsedMetadata,
  ParsedSample,
} from "./model.ts";
export { SeriesMemory } from "./series_memory.ts";

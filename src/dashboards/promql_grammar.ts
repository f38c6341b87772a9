/**
 * Prometheus' own grammar. Import it from here alone: the order of the imports below matters.
 *
 * @module
 */
import { showEnvironment } from "./hidden_environment.ts";
import { parser } from "@prometheus-io/lezer-promql";

showEnvironment();

export { parser };

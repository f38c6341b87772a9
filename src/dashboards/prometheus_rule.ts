/**
 * Rule files as objects that the Prometheus operator takes.
 *
 * @module
 */

/** A `PrometheusRule` with the groups of a rule file, given as YAML. It names no namespace. */
export function prometheusRule(name: string, yaml: string): string {
  return `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: echoscope-${name}
spec:
${indented(yaml, 2)}`;
}

/** `text` with every line that is not empty moved to the right by `width`. */
export function indented(text: string, width: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(width));
}

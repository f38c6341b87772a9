import { type ConfigOf, option } from "../cli/config.ts";
import { optional, positiveNumber, text, toggle } from "../cli/value.ts";

/** What can be chosen about a run. */
export const options = {
  build: option({
    flag: "build",
    value: toggle,
    default: false,
    help: "build both images with docker and bring them into a kind, minikube or k3d cluster",
  }),
  tag: option({
    flag: "tag",
    value: text,
    default: "dev",
    help: "the tag of the images echoscope-server and echoscope-client",
  }),
  rate: option({
    flag: "rate",
    value: positiveNumber(10_000, "PER_SECOND"),
    default: 300,
    help: "calls a second while Pods come and go",
  }),
  schemas: option({
    flag: "schemas",
    env: "KUBECONFORM_SCHEMAS",
    value: optional(text),
    default: undefined,
    defaultText: "those that kubeconform downloads",
    help: "a -schema-location for kubeconform",
  }),
  anyContext: option({
    flag: "any-context",
    value: toggle,
    default: false,
    help: "go on where the cluster does not look like a local one",
  }),
};

/** What was chosen. */
export type E2eConfig = ConfigOf<typeof options>;

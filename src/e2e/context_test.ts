import { assertEquals } from "@std/assert";
import { isLocal } from "./context.ts";

Deno.test("isLocal() takes what kind, minikube, k3d and Docker Desktop make, and nothing else", () => {
  const local = ["kind-lab", "kind-kind", "minikube", "k3d-one", "docker-desktop"];
  const others = ["prod", "gke_project_zone_kind-a", "arn:aws:eks:region:1:cluster/minikube", ""];
  assertEquals(local.filter(isLocal), local);
  assertEquals(others.filter(isLocal), []);
});

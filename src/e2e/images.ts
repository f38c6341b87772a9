import { mustRun } from "./run.ts";

/** Builds the images of `Dockerfile.dev` and brings them into the cluster of `context`. */
export async function buildImages(tag: string, context: string): Promise<string> {
  const images = [];
  for (const target of ["server", "client"]) {
    const image = `echoscope-${target}:${tag}`;
    const args = ["build", "-q", "-f", "k8s/Dockerfile.dev", "--target", target, "-t", image, "."];
    await mustRun("docker", args, { env: { DOCKER_BUILDKIT: "1" } });
    images.push(image);
  }
  await bring(images, context);
  return images.join(", ");
}

/** Docker Desktop and the like share their images with the cluster; others must be given them. */
async function bring(images: string[], context: string): Promise<void> {
  const [, tool = "", name = ""] = /^(kind|k3d)-(.*)$/.exec(context) ?? [];
  if (tool === "kind") await mustRun("kind", ["load", "docker-image", "--name", name, ...images]);
  if (tool === "k3d") await mustRun("k3d", ["image", "import", "--cluster", name, ...images]);
  if (context === "minikube") await mustRun("minikube", ["image", "load", ...images]);
}

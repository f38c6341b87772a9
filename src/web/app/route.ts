/** What a path of the page shows. */
export type Route =
  | { readonly view: "home" | "explore" | "alerts" }
  | { readonly view: "dashboard"; readonly name: string }
  | { readonly view: "nothing" };

/** The route of a path; paths that the server answers itself are `nothing`. */
export function routeOf(path: string): Route {
  const parts = path.split("/").filter((part) => part !== "");
  const [first, name] = parts;
  if (first === undefined) return { view: "home" };
  if (parts.length === 1 && (first === "explore" || first === "alerts")) return { view: first };
  // Grafana's own URLs have a third part, the title for people.
  if (first === "d" && name !== undefined && parts.length <= 3) {
    return { view: "dashboard", name: decoded(name) };
  }
  return { view: "nothing" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * The explore view: any query, written with colours and suggestions, drawn as a graph and a table.
 *
 * @module
 */
export { ExploreView } from "./explore_view.tsx";

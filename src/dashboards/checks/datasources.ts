/**
 * All data comes through the variable `datasource`, which starts with one fixed uid.
 *
 * @module
 */
import { DATASOURCE } from "../datasource.ts";
import type { Finding } from "../finding.ts";
import { type Dashboard, type DatasourceReference, panelsOf } from "../model.ts";

/** Finds queries of a fixed data source, and a variable that starts with another. */
export function checkDatasources(dashboard: Dashboard): Finding[] {
  const where = `dashboard '${dashboard.title}'`;
  const variables = dashboard.templating?.list ?? [];
  const annotations = dashboard.annotations?.list ?? [];
  return [
    ...checkVariable(dashboard, where),
    ...variables.filter(({ type }) => type === "query").flatMap(({ name, datasource }) =>
      checkReference(`${where}, variable '${name}'`, datasource)
    ),
    ...annotations.filter(({ expr, target }) => expr ?? target?.expr).flatMap(
      ({ name, datasource }) => checkReference(`${where}, annotation '${name}'`, datasource),
    ),
    ...panelsOf(dashboard).flatMap(({ title, targets = [], datasource }) =>
      targets.flatMap((target) =>
        checkReference(
          `${where}, panel '${title}', query ${target.refId}`,
          target.datasource ?? datasource,
        )
      )
    ),
  ];
}

function checkVariable(dashboard: Dashboard, where: string): Finding[] {
  const variable = dashboard.templating?.list?.find(({ name }) => name === "datasource");
  if (variable?.type !== "datasource" || variable.query !== "prometheus") {
    return [{
      where,
      what: "it has no variable 'datasource' of the type 'datasource' for prometheus",
    }];
  }
  const uid = variable.current?.value;
  return uid === DATASOURCE.uid ? [] : [{
    where: `${where}, variable 'datasource'`,
    what: `it starts with '${uid}', not with the uid '${DATASOURCE.uid}' that is provisioned`,
  }];
}

function checkReference(where: string, datasource: DatasourceReference | undefined): Finding[] {
  const { type, uid } = datasource ?? {};
  const isVariable = uid === "${datasource}" || uid === "$datasource";
  return isVariable && type === "prometheus" ? [] : [{
    where,
    what: `its data source is '${uid}' (${type}), not '\${datasource}' (prometheus)`,
  }];
}

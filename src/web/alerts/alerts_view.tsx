import type { ComponentChildren, VNode } from "preact";
import { useRetry } from "../app/connection.tsx";
import { useClock } from "../app/dashboard/use_clock.ts";
import { RefreshPicker } from "../app/header/refresh_picker.tsx";
import { changeParameters, type Place } from "../app/place.ts";
import { Icon } from "../app/ui/icon.tsx";
import { useShortcuts } from "../app/use_shortcuts.ts";
import { AlertList } from "./alert_list.tsx";
import { RuleGroups } from "./rule_groups.tsx";
import { TargetTable } from "./target_table.tsx";
import { type Answered, useAnswers } from "./use_answers.ts";

/** What is wrong now, the rules that watch for it, and the targets they look at. */
export function AlertsView({ place: { parameters } }: { place: Place }): VNode {
  const interval = parameters.get("refresh") ?? "10s";
  const [round, refresh] = useClock(interval);
  useRetry(refresh);
  useShortcuts({ refresh });
  const { number, now } = round;
  const alerts = useAnswers(number, (client, signal) => client.alerts({ signal }));
  const rules = useAnswers(number, (client, signal) => client.rules({ signal }));
  const targets = useAnswers(number, (client, signal) => client.targets({ signal }));
  const build = useAnswers(number, (client, signal) => client.buildInfo({ signal })).value;
  const counts = countsOf(alerts.value?.map(({ state }) => state) ?? []);
  const down = targets.value?.filter(({ health }) => health === "down").length ?? 0;
  const [all, answering] = [targets.value?.length ?? 0, (targets.value?.length ?? 0) - down];
  return (
    <>
      <div class="toolbar">
        <h1>Alerts and targets</h1>
        {build !== undefined && <span class="faint">Prometheus {build.version}</span>}
        <span class="space" />
        <RefreshPicker
          interval={interval}
          onRefresh={refresh}
          onChange={(chosen) => changeParameters({ refresh: chosen }, { replace: true })}
        />
      </div>
      <Part title="Alerts" about={counts} answered={alerts}>
        {(found) => <AlertList alerts={found} now={now} />}
      </Part>
      <Part title="Targets" about={all === 0 ? "" : `${answering} of ${all} up`} answered={targets}>
        {(found) => <TargetTable targets={found} now={now} />}
      </Part>
      <Part title="Rules" about="" answered={rules}>
        {(found) => <RuleGroups groups={found} now={now} />}
      </Part>
    </>
  );
}

function countsOf(states: readonly string[]): string {
  return [...Map.groupBy(states, (state) => state)]
    .map(([state, all]) => `${all.length} ${state}`).sort().join(", ");
}

/** A part of the view: its answer, what is older about it, or why there is none. */
function Part<T>(
  { title, about, answered: { value, error }, children }: {
    title: string;
    about: string;
    answered: Answered<T>;
    children: (value: T) => ComponentChildren;
  },
): VNode {
  return (
    <section class="part" aria-label={title} aria-busy={value === undefined && error === undefined}>
      <h2>
        {title} {about !== "" && <span class="faint">{about}</span>}
      </h2>
      <div role="alert">
        {error !== undefined && (
          <p class="said bad">
            <Icon name="warning" />
            <span>{value === undefined ? error : `What is shown is older. ${error}`}</span>
          </p>
        )}
      </div>
      {value === undefined
        ? error === undefined && <p class="waiting">Asking Prometheus …</p>
        : children(value)}
    </section>
  );
}

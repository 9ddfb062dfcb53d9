import { createResource, createSignal, Match, Show, Switch } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Confirm } from "#client/ui/Confirm.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { Setting } from "#client/ui/Setting.tsx";
import { plural } from "#client/ui/times.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";

import { GiveDialog } from "./GiveDialog.tsx";

interface Props {
  readonly community: AdministeredCommunity;
  readonly onChanged: () => void;
}

/** What can be done with a community; what hurts is asked about first. */
export function CommunityActs(props: Props) {
  const api = useLaterApi();
  const act = createAct();
  const [asked, setAsked] = createSignal<"archive" | "give" | "delete">();
  const [settings] = createResource(() => api.settings());
  const id = () => props.community.id;
  const days = () => {
    const known = settings.latest;
    return known?.ok === true ? plural(known.value.deletionDays, "day") : "some days";
  };

  async function done({ ok }: { readonly ok: boolean }): Promise<void> {
    if (!ok) return;
    setAsked(undefined);
    props.onChanged();
  }
  const archive = async (archived: boolean) => done(await act.run(() => api.archiveCommunity({ id: id(), archived })));

  const keep = async () => done(await act.run(() => api.keepCommunity({ id: id() })));

  return (
    <section>
      <Show when={asked() === undefined}>
        <FormProblem problem={act.problem()} />
      </Show>
      <Show
        when={props.community.deleteAt}
        fallback={
          <>
            <Setting title="Owner" note="One of its members. Whoever owns it now becomes an admin of it.">
              <Button onClick={() => setAsked("give")}>Hand over</Button>
            </Setting>
            <Setting
              title={props.community.archived ? "It is archived" : "Archive it"}
              note="Everything stays readable and can be found, and nothing is added."
            >
              <Show
                when={props.community.archived}
                fallback={
                  <Button kind="danger" onClick={() => setAsked("archive")}>
                    Archive
                  </Button>
                }
              >
                <Button aria-busy={act.busy()} onClick={() => void archive(false)}>
                  Open it again
                </Button>
              </Show>
            </Setting>
            <Setting title="Delete it" note={`With all that was said in it, after ${days()} in which it can be kept.`}>
              <Button kind="danger" onClick={() => setAsked("delete")}>
                Delete
              </Button>
            </Setting>
          </>
        }
      >
        {(at) => (
          <Setting
            title="It is going to be deleted"
            note={
              <>
                <time>{sayMoment(at())}</time>, with all that was said in it. Until then it can be read and kept.
              </>
            }
          >
            <Button kind="first" aria-busy={act.busy()} onClick={() => void keep()}>
              Keep it
            </Button>
          </Setting>
        )}
      </Show>

      <Switch>
        <Match when={asked() === "archive"}>
          <Confirm
            title={<>Archive {props.community.name}</>}
            verb="Archive"
            act={act}
            onConfirm={() => archive(true)}
            onClose={() => setAsked(undefined)}
          >
            <p>
              From then on nobody writes in any of its channels. What is on its way from a device that is offline now is
              refused, and kept there. It can be opened again.
            </p>
          </Confirm>
        </Match>
        <Match when={asked() === "give"}>
          <GiveDialog community={props.community} act={act} onDone={done} onClose={() => setAsked(undefined)} />
        </Match>
        <Match when={asked() === "delete"}>
          <Confirm
            title={<>Delete {props.community.name}</>}
            verb="Delete"
            typed={props.community.name}
            act={act}
            onConfirm={async () =>
              done(await act.run(() => api.deleteCommunity({ id: id(), name: props.community.name })))
            }
            onClose={() => setAsked(undefined)}
          >
            <p>
              It is archived now. After {days()} its {plural(props.community.channels, "channel")} and all that{" "}
              {plural(props.community.members, "member")} said in them are gone for ever, from the server and, when they
              next meet it, from everybody's devices. Until then it can be kept.
            </p>
          </Confirm>
        </Match>
      </Switch>
    </section>
  );
}

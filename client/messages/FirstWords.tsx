import MessageCircle from "lucide-solid/icons/message-circle";
import Archive from "lucide-solid/icons/archive";
import { createSignal, Match, onCleanup, Show, Switch, type JSX } from "solid-js";

import { invitationsPath } from "#client/paths.ts";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";

import { Ghosts } from "./Ghosts.tsx";
import { useTalk } from "./use-talk.ts";

/** What stands where nothing is to be read: yet, here, or for now. */
export function FirstWords(props: { readonly onWrite: () => void }): JSX.Element {
  const talk = useTalk();
  const place = talk.place();
  const may = () => talk.local.may("message.send", place.id);

  return (
    <div class="scroll place-middle">
      <Switch
        fallback={
          <EmptyState icon={MessageCircle} title={title(talk.name(), place)} text={text(place)}>
            <Show when={may()}>
              <Button kind="first" onClick={() => props.onWrite()}>
                Write
              </Button>
            </Show>
            <Show
              when={place.of === "channel" && talk.local.may("community.invite", place.community) && place.community}
            >
              {(community) => <LinkButton href={invitationsPath(community())}>Invite people</LinkButton>}
            </Show>
          </EmptyState>
        }
      >
        <Match when={talk.timeline.state() === "loading"}>
          <Opening name={talk.name()} />
        </Match>
        <Match when={talk.timeline.state() === "missing"}>
          <EmptyState
            icon={Archive}
            title={`${talk.name()} is not on this device yet.`}
            text="It comes by itself when you are back online. You can write already: it waits here and leaves by itself."
          />
        </Match>
      </Switch>
    </div>
  );
}

type Place = ReturnType<ReturnType<typeof useTalk>["place"]>;

function title(name: string, place: Place): string {
  if (place.of === "conversation" && place.kind === "saved") return "Nothing is saved yet.";
  return place.of === "channel" ? `Nobody has spoken in ${name} yet.` : "Nobody has spoken here yet.";
}

function text(place: Place): string {
  if (place.of === "conversation" && place.kind === "saved")
    return "Press S on a message, or write something down. It is on all your devices, and only you see it.";
  if (place.of === "channel" && place.kind === "broadcast")
    return "Announcements stay for those who come later, even in a year.";
  if (place.of === "channel")
    return "What you write stays for those who come later, even in a year. A question is a fine start.";
  return "Only those in this conversation see what is written here.";
}

const PATIENCE = 400;

/** Nothing for a moment, since what is on the device is usually there; then still lines and a sentence. */
function Opening(props: { readonly name: string }): JSX.Element {
  const [waited, setWaited] = createSignal(false);
  const timer = setTimeout(() => setWaited(true), PATIENCE);
  onCleanup(() => clearTimeout(timer));

  return (
    <Show when={waited()}>
      <div class="opening">
        <Ghosts />
        <p class="note muted" role="status">
          Opening your copy of {props.name}.
        </p>
      </div>
    </Show>
  );
}

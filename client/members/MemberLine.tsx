import Ellipsis from "lucide-solid/icons/ellipsis";
import MessageSquare from "lucide-solid/icons/message-square";
import { createSignal, Match, Show, Switch } from "solid-js";

import { later } from "#client/ui/later.tsx";
import { useLocal } from "#client/sync/use-local.ts";
import { Menu } from "#client/ui/Menu.tsx";
import { sayDay } from "#client/ui/say-time.ts";
import { Seat } from "#client/ui/Seat.tsx";
import { Tool } from "#client/ui/Tool.tsx";
import type { CommunityId } from "#shared/ids.ts";
import type { Member } from "#shared/protocol/http/communities.ts";

import type { Members } from "./create-members.ts";
import { createTalk } from "./create-talk.ts";
import { HandOverDialog } from "./HandOverDialog.tsx";
import { memberMenu, type MemberDialog } from "./member-menu.ts";
import { RemoveDialog } from "./RemoveDialog.tsx";

const ReportDialog = later(async () => (await import("#client/order/ReportDialog.tsx")).ReportDialog);
const MeasureDialog = later(async () => (await import("#client/order/MeasureDialog.tsx")).MeasureDialog);

interface Props {
  readonly community: CommunityId;
  readonly member: Member;
  readonly members: Members;
}

export function MemberLine(props: Props) {
  const local = useLocal();
  const talk = createTalk();
  const [menuAt, setMenuAt] = createSignal<HTMLElement>();
  const [dialog, setDialog] = createSignal<MemberDialog>();
  const measure = () => {
    const asked = dialog();
    return asked === "warn" || asked === "mute" || asked === "ban" ? asked : undefined;
  };
  const isMe = () => props.member.id === local.me().id;
  const items = () =>
    memberMenu(local, props.community, props.member, {
      setRole: (role) => void props.members.setRole(props.member.id, role),
      open: setDialog,
    });

  return (
    <tr>
      <td>
        <span class="person">
          <Seat id={props.member.id} name={props.member.name} />
          <b class="clip" dir="auto">
            {props.member.name}
          </b>
          <Show when={isMe()}>
            <span class="note muted">you</span>
          </Show>
        </span>
      </td>
      <td class="keep">
        <span class="note">{props.member.role === "member" ? "" : props.member.role}</span>
      </td>
      <td class="when low">
        <time>{sayDay(props.member.joinedAt)}</time>
      </td>
      <td class="keep whitespace-nowrap">
        <Show when={!isMe()}>
          <Tool
            label={`Write to ${props.member.name}`}
            icon={MessageSquare}
            onClick={() => void talk.go(props.member.id)}
          />
        </Show>
        <Show when={items().length > 0}>
          <Tool
            label={`What can be done about ${props.member.name}`}
            icon={Ellipsis}
            aria-haspopup="menu"
            onClick={(event) => setMenuAt(event.currentTarget)}
          />
        </Show>
        <Show when={menuAt()}>
          {(at) => <Menu label={props.member.name} items={items()} at={at()} onClose={() => setMenuAt(undefined)} />}
        </Show>
        <Switch>
          <Match when={dialog() === "remove"}>
            <RemoveDialog member={props.member} members={props.members} onClose={() => setDialog(undefined)} />
          </Match>
          <Match when={dialog() === "report"}>
            <ReportDialog
              target={{ of: "person", person: props.member.id, community: props.community }}
              what={<bdi>{props.member.name}</bdi>}
              onClose={() => setDialog(undefined)}
            />
          </Match>
          <Match when={measure()} keyed>
            {(kind) => (
              <MeasureDialog
                desk={props.community}
                kind={kind}
                person={props.member}
                onDone={() => void props.members.reload()}
                onClose={() => setDialog(undefined)}
              />
            )}
          </Match>
          <Match when={dialog() === "hand-over"}>
            <HandOverDialog member={props.member} members={props.members} onClose={() => setDialog(undefined)} />
          </Match>
        </Switch>
      </td>
    </tr>
  );
}

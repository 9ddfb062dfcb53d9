import AtSign from "lucide-solid/icons/at-sign";
import CornerUpLeft from "lucide-solid/icons/corner-up-left";
import PenLine from "lucide-solid/icons/pen-line";
import Smile from "lucide-solid/icons/face-slightly-smiling";
import X from "lucide-solid/icons/x";
import { createSignal, Show, type JSX } from "solid-js";

import { nameOf, namesOf } from "#client/sync/names.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { later } from "#client/ui/later.tsx";
import { Tool } from "#client/ui/Tool.tsx";

import { createComposer } from "./create-composer.ts";
import { quotation } from "./plain.ts";
import { Shelf } from "./Shelf.tsx";
import { TooLong } from "./TooLong.tsx";
import { useTalk } from "./use-talk.ts";
import { WritingBox } from "./WritingBox.tsx";

const EmojiPicker = later(async () => (await import("./EmojiPicker.tsx")).EmojiPicker);

interface Props {
  readonly ref: (element: HTMLTextAreaElement) => void;
  /** Something was said: whoever speaks is at the newest. */
  readonly onSent: () => void;
  readonly onEditLast: () => void;
}

/** Where one writes. What stands here is kept on this device with every key. */
export function Composer(props: Props): JSX.Element {
  const talk = useTalk();
  const composer = createComposer(talk, () => props.onSent());
  const [pickingAt, setPickingAt] = createSignal<HTMLElement>();
  let area!: HTMLTextAreaElement;

  return (
    <footer class="compose" data-pane="composer">
      <Typing />
      <Shelf />
      <div class="box">
        <Show when={talk.answering()}>{(re) => <Answering name={nameOf(talk.local, re().author)} re={re()} />}</Show>
        <WritingBox
          ref={(element) => {
            area = element;
            props.ref(element);
          }}
          label={`Message to ${talk.name()}`}
          placeholder={`Write to ${talk.name()}`}
          text={composer.text()}
          people={talk.people()}
          onLook={talk.lookForPeople}
          onText={composer.write}
          onMention={composer.mention}
          onSubmit={() => void composer.send()}
          onKey={(event) => {
            if (event.key === "ArrowUp" && composer.text() === "") {
              event.preventDefault();
              props.onEditLast();
            } else if (event.key === "Escape" && talk.answering() !== undefined) talk.answer(undefined);
          }}
        />
        <div class="box-foot">
          <Tool label="Emoji" icon={Smile} onClick={(event) => setPickingAt(event.currentTarget)} />
          <Tool class="not-phone" label="Mention" icon={AtSign} onClick={() => composer.insert(area, "@")} />
          <TooLong text={composer.text()} otherwise={composer.saved() ? "Draft saved" : ""} />
          <Button
            kind={composer.canSend() ? "first" : undefined}
            aria-disabled={composer.canSend() ? undefined : "true"}
            onClick={() => void composer.send()}
          >
            Send
          </Button>
        </div>
      </div>
      <Show when={pickingAt()}>
        {(at) => (
          <EmojiPicker
            at={at()}
            onChoose={(emoji) => composer.insert(area, emoji)}
            onClose={() => setPickingAt(undefined)}
          />
        )}
      </Show>
    </footer>
  );
}

function Answering(props: {
  readonly name: string;
  readonly re: NonNullable<ReturnType<ReturnType<typeof useTalk>["answering"]>>;
}): JSX.Element {
  const talk = useTalk();

  return (
    <div class="answering note">
      <Icon of={CornerUpLeft} size="small" mirrors />
      <span class="clip grow">
        Answer to{" "}
        <b>
          <bdi>{props.name}</bdi>
        </b>{" "}
        <span class="muted">{quotation(talk.timeline.find(props.re)?.body ?? "")}</span>
      </span>
      <Tool label="Answer nobody" icon={X} size="small" onClick={() => talk.answer(undefined)} />
    </div>
  );
}

/** Who is writing now. Not spoken: it would never end. */
function Typing(): JSX.Element {
  const talk = useTalk();
  const names = () =>
    talk.timeline
      .presence()
      .typing.filter((id) => id !== talk.local.me().id)
      .map((id) => nameOf(talk.local, id));

  return (
    <div class="typing">
      <Show when={names().length > 0}>
        <Icon of={PenLine} size="small" />
        <span class="clip">
          {names().length > 3
            ? "Several people are writing"
            : `${namesOf(names())} ${names().length === 1 ? "is" : "are"} writing`}
        </span>
      </Show>
    </div>
  );
}

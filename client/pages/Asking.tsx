import type { Editor } from "@tiptap/core";
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";

import { isLink, isPicture } from "#shared/pages/links.ts";
import { findPeople } from "#client/api/find-people.ts";
import { useApi } from "#client/api/use-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { createForm } from "#client/ui/create-form.ts";
import type { Person } from "#client/ui/create-picker.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Field } from "#client/ui/Field.tsx";
import { PeoplePicker } from "#client/ui/PeoplePicker.tsx";

export interface Question {
  readonly about: "link" | "picture" | "person";
}

interface Props extends Question {
  readonly editor: Editor;
  readonly onClose: () => void;
}

/** What must be known before something is put into a page. */
export const Asking = (props: Props): JSX.Element => (
  <Switch>
    <Match when={props.about === "link"}>
      <LinkDialog {...props} />
    </Match>
    <Match when={props.about === "picture"}>
      <PictureDialog {...props} />
    </Match>
    <Match when={props.about === "person"}>
      <PersonDialog {...props} />
    </Match>
  </Switch>
);

/** The dialog gives the focus back when it closes: the words get it after that. */
function close({ onClose, editor }: Props, act: () => void): void {
  onClose();
  queueMicrotask(() => {
    act();
    editor.commands.focus();
  });
}

/** Nobody types the beginning of an address. */
const completed = (address: string): string =>
  /^[\w.-]+\.[a-z]{2,}(?:[/?#:]|$)/i.test(address) ? `https://${address}` : address;

function LinkDialog(props: Props): JSX.Element {
  const { editor } = props;
  const before = String(editor.getAttributes("link")["href"] ?? "");
  const mistake = (address: string): string | undefined =>
    isLink(completed(address.trim())) ? undefined : "An address that begins with https://, http:// or mailto:";
  const form = createForm({
    start: { address: before },
    check: ({ address }) => ({ address: mistake(address) }),
    async send({ address }) {
      const href = completed(address.trim());
      close(props, () => {
        const isNothing = editor.state.selection.empty && before === "";
        if (isNothing)
          editor.commands.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] });
        else editor.chain().extendMarkRange("link").setLink({ href }).run();
      });
    },
  });

  return (
    <Dialog title="Link" onClose={props.onClose}>
      <form class="stack" novalidate onSubmit={form.submit}>
        <Field {...form.field("address")} label="Where does it go?" inputmode="url" autocomplete="off" autofocus />
        <div class="deciding">
          <Show when={before !== ""}>
            <Button onClick={() => close(props, () => editor.chain().extendMarkRange("link").unsetLink().run())}>
              Take the link off
            </Button>
          </Show>
          <Button kind="first" type="submit">
            Link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function PictureDialog(props: Props): JSX.Element {
  const form = createForm({
    start: { src: "", alt: "" },
    check: ({ src }) => ({
      src: isPicture(src.trim()) ? undefined : "The address of a picture; it begins with https://",
    }),
    async send({ src, alt }) {
      close(props, () =>
        props.editor.commands.insertContent({
          type: "image",
          attrs: { src: src.trim(), alt: alt.trim().slice(0, 500) },
        }),
      );
    },
  });

  return (
    <Dialog title="Picture" onClose={props.onClose}>
      <form class="stack" novalidate onSubmit={form.submit}>
        <Field
          {...form.field("src")}
          label="Where is it?"
          hint="It stays there: whoever reads the page fetches it from that site."
          inputmode="url"
          autocomplete="off"
          autofocus
        />
        <Field
          {...form.field("alt")}
          label="What does it show?"
          hint="For those who do not see it."
          autocomplete="off"
        />
        <div class="deciding">
          <Button kind="first" type="submit">
            Put it in
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function PersonDialog(props: Props): JSX.Element {
  const find = findPeople(useApi());
  const [chosen, setChosen] = createSignal<readonly Person[]>([]);

  function choose(people: readonly Person[]): void {
    setChosen(people);
    const person = people.at(0);
    if (person === undefined) return;
    const mention = { type: "mention", attrs: { id: person.id, label: person.name } };
    close(props, () => props.editor.commands.insertContent([mention, { type: "text", text: " " }]));
  }

  return (
    <Dialog title="Mention somebody" onClose={props.onClose}>
      <PeoplePicker
        label="Whom?"
        hint="By their name. It needs the server."
        chosen={chosen()}
        onChange={choose}
        find={find}
      />
    </Dialog>
  );
}

import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { createAct } from "#client/api/create-act.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { pagesPath } from "#client/paths.ts";
import { Button } from "#client/ui/Button.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import { limits } from "#shared/protocol/http/text.ts";

interface Props {
  readonly page: MirroredPage;
  readonly onClose: () => void;
}

export function RenamePage(props: Props): JSX.Element {
  const api = useLaterApi();
  const form = createForm({
    start: { title: props.page.title },
    check: ({ title }) => ({ title: textMistake(title, limits.pageTitle, "What is it called?") }),
    async send({ title }) {
      const answer = await api.changePage({ id: props.page.id, title });
      if (!answer.ok) return rejectionOf(answer.problem);
      return props.onClose();
    },
  });

  return (
    <Dialog title="Rename the page" onClose={props.onClose}>
      <form class="stack" novalidate onSubmit={form.submit}>
        <FormProblem problem={form.problem()} />
        <Field {...form.field("title")} label="Title" autocomplete="off" autofocus />
        <div class="deciding">
          <Button onClick={() => props.onClose()}>Leave it</Button>
          <SendButton busy={form.busy()}>Rename</SendButton>
        </div>
      </form>
    </Dialog>
  );
}

export function DeletePage(props: Props): JSX.Element {
  const api = useLaterApi();
  const act = createAct();
  const navigate = useNavigate();
  const { page, onClose } = props;

  async function remove(): Promise<void> {
    const answer = await act.run(() => api.deletePage({ id: page.id }));
    if (!answer.ok) return;
    onClose();
    navigate(pagesPath(page.community));
  }

  return (
    <Dialog title={<>Delete {page.title}</>} onClose={onClose}>
      <div class="stack">
        <p>
          All that stands on this page is gone at once, for everybody and from every device that comes back, and its
          history with it. It cannot be had again. What others are writing on it without a network is kept for them.
        </p>
        <FormProblem problem={act.problem()} />
      </div>
      <div class="deciding">
        <Button onClick={() => onClose()}>Keep it</Button>
        <Button kind="danger first" aria-busy={act.busy()} onClick={() => void remove()}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}

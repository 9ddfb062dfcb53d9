import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import type { JSX } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { pagePath, pagesPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { LinkButton } from "#client/ui/Button.tsx";
import { Checkbox, Choices } from "#client/ui/Choices.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Select } from "#client/ui/Select.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { createTitle } from "#client/ui/title.ts";
import { channelId, type ChannelId, type CommunityId } from "#shared/ids.ts";
import type { PageKind } from "#shared/protocol/http/page.ts";
import { limits } from "#shared/protocol/http/text.ts";

interface Values {
  readonly title: string;
  readonly kind: PageKind;
  readonly channel: string;
  readonly pinned: boolean;
}

/** Making a page: what it is called, whose it is, and who writes it. Then it is open to be written. */
export function NewPagePage(): JSX.Element {
  const api = useLaterApi();
  const local = useLocal();
  const navigate = useNavigate();
  const params = useParams<{ community: CommunityId }>();
  const [search] = useSearchParams<{ in?: string }>();
  const channels = () => local.channelsOf(params.community).filter(({ id }) => local.may("page.create", id));
  createTitle(() => "A new page");

  const form = createForm<Values>({
    start: {
      title: "",
      kind: "post",
      channel: channelId.safeParse(search.in).success ? (search.in as ChannelId) : "",
      pinned: search.in !== undefined,
    },
    check: ({ title }) => ({ title: textMistake(title, limits.pageTitle, "What is it called?") }),
    async send({ channel, ...values }) {
      const place = channel === "" ? {} : { channel: channel as ChannelId };
      const answer = await api.createPage({ id: params.community, ...values, ...place });
      if (!answer.ok) return rejectionOf(answer.problem);
      await arrived(() => local.pages.find(answer.value.id) !== undefined);
      return navigate(`${pagePath(params.community, answer.value.id)}?edit=1`);
    },
  });

  return (
    <main class="sheet">
      <Bar back={pagesPath(params.community)} backLabel="Back to the pages" title="A new page" />
      <div class="scroll">
        <form class="column stack" style={{ "--gap": "var(--space-5)" }} novalidate onSubmit={form.submit}>
          <FormProblem problem={form.problem()} />
          <Field {...form.field("title")} label="Title" hint="What one looks for." autocomplete="off" autofocus />
          <Select
            label="Where does it belong?"
            value={form.values.channel}
            onChange={(channel: string) => form.set("channel", channel)}
            options={[
              { value: "", label: "To the whole community" },
              ...channels().map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
          />
          <Choices<PageKind>
            label="Who writes it?"
            value={form.values.kind}
            onChange={(kind) => form.set("kind", kind)}
            options={[
              { value: "post", label: "Moderators", note: "A post that stays" },
              { value: "guidelines", label: "Moderators, as guidelines", note: "What holds here" },
              { value: "wiki", label: "All members", note: "A page of the wiki" },
            ]}
          />
          <Checkbox
            label="Pinned"
            note="It stands on top of its channel, and first in the list of pages."
            checked={form.values.pinned}
            onChange={(pinned) => form.set("pinned", pinned)}
          />
          <div class="row-of">
            <SendButton busy={form.busy()}>Make the page</SendButton>
            <LinkButton kind="plain" href={pagesPath(params.community)}>
              Back
            </LinkButton>
          </div>
        </form>
      </div>
    </main>
  );
}

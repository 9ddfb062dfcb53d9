import { Choices } from "#client/ui/Choices.tsx";
import type { Community } from "#shared/protocol/http/communities.ts";

type Access = Community["access"];

interface Props {
  readonly value: Access;
  readonly onChange: (access: Access) => void;
}

export const AccessChoice = (props: Props) => (
  <Choices<Access>
    label="Who may come in?"
    value={props.value}
    onChange={props.onChange}
    options={[
      { value: "open", label: "Everybody", note: "Found under Discover, joined at once" },
      { value: "invitation", label: "Those who are invited", note: "A link, with an end" },
    ]}
  />
);

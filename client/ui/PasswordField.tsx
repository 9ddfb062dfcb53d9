import Check from "lucide-solid/icons/check";
import { createSignal, type ComponentProps } from "solid-js";

import { Field } from "./Field.tsx";
import { Icon } from "./Icon.tsx";

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, "type" | "beside">;

/** A password that can be looked at while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = createSignal(false);
  const verb = () => (shown() ? "Hide" : "Show");

  return (
    <Field
      {...props}
      type={shown() ? "text" : "password"}
      autocapitalize="none"
      spellcheck={false}
      dir="ltr"
      beside={
        <button
          type="button"
          class="as-link note"
          aria-label={`${verb()} the password`}
          onClick={() => setShown(!shown())}
        >
          {verb()}
        </button>
      }
    />
  );
}

/** A password that is being chosen: it is told how long it is, and that a sentence is good. */
export const NewPasswordField = (
  props: Omit<PasswordFieldProps, "hint"> & { readonly value: string; readonly least: number },
) => (
  <PasswordField
    {...props}
    autocomplete="new-password"
    hint={
      props.value.length >= props.least ? (
        <span class="says success">
          <Icon of={Check} size="small" />
          <span>{props.value.length} characters. A sentence is good.</span>
        </span>
      ) : (
        `At least ${props.least} characters; a sentence is good.`
      )
    }
  />
);

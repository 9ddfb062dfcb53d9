import type { Form } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { NewPasswordField } from "#client/ui/PasswordField.tsx";
import { limits } from "#shared/protocol/http/text.ts";

import type { AccountChoice } from "./create-account-form.ts";

export function AccountFields(props: { readonly form: Form<AccountChoice> }) {
  return (
    <>
      <Field
        {...props.form.field("name")}
        label="Your name"
        hint="As others will see it. You can change it later."
        autocomplete="nickname"
        autofocus
      />
      <Field
        {...props.form.field("login")}
        label="Login"
        hint="What you sign in with. Others do not see it."
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        dir="ltr"
      />
      <NewPasswordField least={limits.password.min} {...props.form.field("password")} label="Password" />
    </>
  );
}

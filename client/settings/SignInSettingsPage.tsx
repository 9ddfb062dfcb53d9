import { PasswordForm } from "./PasswordForm.tsx";
import { Sessions } from "./Sessions.tsx";
import { SettingsSheet } from "./SettingsSheet.tsx";
import { Tokens } from "./Tokens.tsx";

export const SignInSettingsPage = () => (
  <SettingsSheet title="Sign-in and devices">
    <Sessions />
    <PasswordForm />
    <Tokens />
  </SettingsSheet>
);

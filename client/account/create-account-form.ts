import { loginMistake, passwordMistake, textMistake } from "#client/api/check-text.ts";
import type { ApiProblem } from "#client/api/problem.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { createForm, type Form } from "#client/ui/create-form.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import { limits } from "#shared/protocol/http/text.ts";
import type { Result } from "#shared/result.ts";

export interface AccountChoice {
  readonly name: string;
  readonly login: string;
  readonly password: string;
}

/** What a new person chooses, however they came: by themselves, by an invitation, or as the first one here. */
export const createAccountForm = (
  send: (choice: AccountChoice) => Promise<Result<Me, ApiProblem>>,
  enter: (me: Me) => Promise<void>,
): Form<AccountChoice> =>
  createForm<AccountChoice>({
    start: { name: "", login: "", password: "" },
    check: ({ name, login, password }) => ({
      name: textMistake(name, limits.personName, "What shall others call you?"),
      login: loginMistake(login),
      password: passwordMistake(password),
    }),
    async send({ name, login, password }) {
      const answer = await send({ name: name.trim(), login: login.trim().toLowerCase(), password });
      return answer.ok ? enter(answer.value) : rejectionOf(answer.problem, { "login-unavailable": "login" });
    },
  });

import { createSignal, type Accessor } from "solid-js";
import { createStore } from "solid-js/store";

/** Why a form was not taken: one sentence for the whole of it, or sentences next to the fields they are about. */
export interface Rejection<Values> {
  readonly whole?: { readonly text: string; readonly calm: boolean } | undefined;
  readonly fields?: { readonly [Field in keyof Values]?: string | undefined };
}

type Errors<Values> = { readonly [Field in keyof Values]?: string | undefined };

interface Options<Values> {
  readonly start: Values;
  /** What can be told without a server; empty when all is well. */
  readonly check?: (values: Values) => Errors<Values>;
  /** Answers with a rejection, or with nothing when it was taken. */
  readonly send: (values: Values) => Promise<Rejection<Values> | void>;
}

/** What a field component needs to be a field of a form. */
interface BoundField {
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onInput: (value: string) => void;
  readonly onBlur: () => void;
}

/** The fields of a form that hold text. */
type TextField<Values> = { [Field in keyof Values]: Values[Field] extends string ? Field : never }[keyof Values] &
  string;

export interface Form<Values> {
  readonly values: Values;
  readonly set: <Field extends keyof Values>(field: Field, value: Values[Field]) => void;
  readonly error: (field: keyof Values) => string | undefined;
  /** To be spread on a field: `<Field {...form.field("name")} label="Name" />`. */
  readonly field: (field: TextField<Values>) => BoundField;
  readonly problem: Accessor<Rejection<Values>["whole"]>;
  readonly busy: Accessor<boolean>;
  /** Empties it for the next time. */
  readonly clear: () => void;
  readonly submit: (event: SubmitEvent) => Promise<void>;
}

/**
 * A form that loses no input: what was typed stays until it was taken. Mistakes are told when a field is left or the
 * form is sent, never while somebody is still typing their first word.
 */
export function createForm<Values extends object>(options: Options<Values>): Form<Values> {
  const [values, setValues] = createStore<Values>({ ...options.start });
  const [left, setLeft] = createSignal<ReadonlySet<keyof Values>>(new Set());
  const [rejected, setRejected] = createSignal<Rejection<Values>>({});
  const [busy, setBusy] = createSignal(false);

  const mistakes = (): Errors<Values> => options.check?.(values) ?? {};

  async function send(form: HTMLFormElement): Promise<void> {
    setBusy(true);
    setRejected({});
    try {
      setRejected((await options.send({ ...values })) ?? {});
    } finally {
      setBusy(false);
    }
    showFirstMistake(form);
  }

  function set<Field extends keyof Values>(field: Field, value: Values[Field]): void {
    setValues((was) => ({ ...was, [field]: value }));
    setRejected((was) => ({ ...was, fields: { ...was.fields, [field]: undefined } as Errors<Values> }));
  }

  const error = (field: keyof Values) =>
    rejected().fields?.[field] ?? (left().has(field) ? mistakes()[field] : undefined);

  return {
    values,
    set,
    error,
    field: (field) => ({
      name: field,
      get value() {
        return values[field] as string;
      },
      get error() {
        return error(field);
      },
      onInput: (value) => set(field, value as Values[typeof field]),
      // Somebody who passes through an empty field has made no mistake yet.
      onBlur: () => void (values[field] !== "" && afterRelease(() => setLeft((was) => new Set(was).add(field)))),
    }),
    problem: () => rejected().whole,
    busy,
    clear() {
      setValues(() => ({ ...options.start }));
      setLeft(new Set<keyof Values>());
    },
    async submit(event) {
      event.preventDefault();
      if (busy()) return;
      setLeft(new Set(Object.keys(values) as (keyof Values)[]));
      const form = event.currentTarget as HTMLFormElement;
      if (Object.values(mistakes()).some(Boolean)) showFirstMistake(form);
      else await send(form);
    },
  };
}

/** What is being pressed must not move away under the finger: a mistake is told once it is let go. */
function afterRelease(tell: () => void): void {
  const told = new AbortController();
  const release = () => {
    told.abort();
    setTimeout(tell);
  };
  for (const event of ["pointerup", "pointercancel", "keyup"])
    addEventListener(event, release, { signal: told.signal });
}

/** After the page has shown the mistakes, the first one gets the focus: a screen reader then reads what is wrong. */
function showFirstMistake(form: HTMLFormElement): void {
  queueMicrotask(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}

import { say } from "./toasts.ts";

/** Puts text on the clipboard, also where there is no secure context, and tells whether it got there. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The old way, which asks for no secure context. */
function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hush";
  // Inside an open dialog, since whatever is outside of it cannot be focused.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}

/** The same, and says in passing what became of it. */
export async function copyAndSay(text: string, said = "Copied."): Promise<void> {
  say((await copy(text)) ? said : "This browser does not let pages copy. Select the text instead.");
}

import { StartPage } from "./StartPage.tsx";

/** A link that was cut off on its way, as mail programs and chats do. */
export function LinkWithoutSecret() {
  return (
    <StartPage title="Half a link" lead="The end of this link is missing, so it opens nothing.">
      <p>Copy the whole of it, to the last character, and open it again.</p>
      <p>
        <a href="/">To the start</a>
      </p>
    </StartPage>
  );
}

import { render } from "solid-js/web";

import { createApi } from "#client/api/create-api.ts";
import { ApiContext } from "#client/api/use-api.ts";
import { App } from "#client/app/App.tsx";
import { createSession } from "#client/app/create-session.ts";
import { registerWorker } from "#client/app/register-worker.ts";
import { applyAppearance, readAppearance } from "#client/storage/appearance.ts";
import { SessionContext } from "#client/sync/use-session.ts";

import "#client/styles/app.css";

applyAppearance(readAppearance());

const api = createApi();
const session = await createSession(api);

render(
  () => (
    <ApiContext.Provider value={api}>
      <SessionContext.Provider value={session}>
        <App />
      </SessionContext.Provider>
    </ApiContext.Provider>
  ),
  document.querySelector("#root") as HTMLElement,
);

registerWorker();

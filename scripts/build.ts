import { buildClient } from "#server/startup/client-build.ts";

/** `npm run build`: makes the client now, so that the first start need not. */
console.log((await buildClient()) === "built" ? "The client is built." : "The client was built already.");

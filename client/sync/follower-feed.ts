import { applyUpdate } from "yjs";

import type { FedReplica, Feed } from "./replica.ts";
import type { TabBus, TabMessage } from "./tab-bus.ts";

/** Replicas from the tab that owns them. Nothing here touches the disk. */
export function createFollowerFeed({ tab, post, onMessage }: TabBus): Feed {
  function take(replica: FedReplica, message: TabMessage): void {
    if (message.type === "owner" && message.isNew) ask(replica);
    if (message.type === "state" && message.document === replica.name) replica.setState(message.state);
    if (message.type === "replica" && message.document === replica.name) read(replica, message);
  }

  const ask = ({ name }: FedReplica): void => post({ type: "open", tab, document: name });

  return {
    start(replica) {
      const stopListening = onMessage((message) => take(replica, message));
      ask(replica);
      return () => {
        stopListening();
        post({ type: "close", tab, document: replica.name });
      };
    },
  };
}

function read(replica: FedReplica, { update, whole, state }: TabMessage & { readonly type: "replica" }): void {
  // What was here came from an owner too. It only differs where the server has become another one.
  const doc = whole && replica.state() !== "loading" ? replica.renew() : replica.doc();
  applyUpdate(doc, update, "owner");
  replica.setState(state);
}

import "fake-indexeddb/auto";

import { AsyncLocalStorage } from "node:async_hooks";

import { IDBFactory } from "fake-indexeddb";

/** What one browser keeps for its pages, apart from all other browsers in this process. */
export interface OwnStorage {
  /** Whatever a page does goes in here: it finds this browser's databases, locks and channels, and no others. */
  run<Answer>(work: () => Answer): Answer;
}

interface Belongings {
  readonly name: string;
  readonly databases: IDBFactory;
}

const shared: Belongings = { name: "", databases: indexedDB };
const belongings = new AsyncLocalStorage<Belongings>();
const own = (): Belongings => belongings.getStore() ?? shared;
let browsers = 0;

/** That of all browsers which are given none of their own. */
export const sharedStorage: OwnStorage = { run: (work) => work() };

export function createOwnStorage(): OwnStorage {
  browsers += 1;
  const storage: Belongings = { name: `browser ${browsers}: `, databases: new IDBFactory() };
  return { run: (work) => belongings.run(storage, work) };
}

Object.defineProperty(globalThis, "indexedDB", {
  value: new Proxy(shared.databases, {
    get(_target, key) {
      const { databases } = own();
      const value: unknown = Reflect.get(databases, key);
      return typeof value === "function" ? value.bind(databases) : value;
    },
  }),
});

const { locks } = navigator;
const request = locks.request.bind(locks) as (name: string, ...rest: readonly unknown[]) => Promise<unknown>;
Object.assign(locks, {
  request: (name: string, ...rest: readonly unknown[]) => request(own().name + name, ...rest),
});

globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name: string) {
    super(own().name + name);
  }
};

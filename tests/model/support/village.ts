import { addressOf, createBrowser, type Browser } from "#tests/support/browser.ts";

import { pino } from "pino";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import { openWireWith } from "#tests/attack/support/wire.ts";
import { valueOf } from "#tests/support/api.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { startNode } from "#tests/support/world.ts";

import { people, type Name } from "../said.ts";
import { openDevice, type Device } from "./device.ts";
import { createMallory, type Mallory } from "./mallory.ts";

/** A community with one channel on two nodes: Alice's, whose word counts; Bob with two devices; Carol; and Mallory. */
export interface Village extends AsyncDisposable {
  readonly channel: ChannelId;
  readonly document: string;
  readonly ids: Readonly<Record<Name, MemberId>>;
  /** Alice's, Bob's two, and Carol's. */
  readonly devices: readonly Device[];
  /** Mallory at each of the nodes. */
  readonly mallories: readonly Mallory[];
  /** A frame of a device that was given up arrives after all. Resolves when the server has answered. */
  deliver(device: number, frame: Uint8Array): Promise<void>;
  /** Makes somebody something else, or nothing. */
  appoint(name: Name, role: "moderator" | "member" | "guest" | undefined): Promise<void>;
  readmit(name: Name): Promise<void>;
  /** `kill`: its sockets are gone from one moment to the next, and another node stands there. */
  restart(node: number, how: "stop" | "kill"): Promise<void>;
  /** What the nodes could not answer for. */
  readonly failures: readonly string[];
}

type Node = Awaited<ReturnType<typeof startNode>>;

interface Account {
  readonly me: Me;
  readonly browser: Browser;
}

let villages = 0;

export async function openVillage(database: TestDatabase): Promise<Village> {
  villages += 1;
  const failures: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void failures.push(line) });
  const start = (port = 0): Promise<Node> => startNode(database, { port, log });
  const nodes: Node[] = [await start(), await start()];
  const leaving: Promise<void>[] = [];
  const portOf = (node: number): number => Number(new URL((nodes[node] as Node).url).port);
  const urls = [0, 1].map((node) => () => `http://127.0.0.1:${portOf(node)}`);
  const [url] = urls as [() => string];

  async function signUp(name: string): Promise<Account> {
    const browser = createBrowser(url);
    const account = { login: `${name}-${villages}`, password: "correct horse battery", name };
    return { me: valueOf(await browser.api.signUp(account)), browser };
  }

  const accounts = await Promise.all([...people, "mallory"].map(signUp));
  const [alice, bob, carol, mallory] = accounts as [Account, Account, Account, Account];
  const account = { alice, bob, carol };
  const { api } = alice.browser;
  const { id: community } = valueOf(await api.createCommunity({ name: "Northern Networks", access: "open" }));
  const { id: channel } = valueOf(await api.createChannel({ id: community, name: "field", kind: "chat" }));
  const join = async ({ browser }: Account): Promise<void> =>
    void valueOf(await browser.api.joinCommunity({ id: community }));
  await Promise.all([bob, carol, mallory].map(join));

  const document = channelDocument(channel);
  const devices = await Promise.all(
    [alice, bob, bob, carol].map(({ me, browser }) => openDevice(me, browser.cookie(), channel, urls)),
  );
  const mallories = urls.map((at) => createMallory(mallory.me.id, mallory.browser.cookie(), at, document));

  async function deliver(device: number, frame: Uint8Array): Promise<void> {
    const { browser } = devices[device] as Device;
    const wire = await openWireWith(addressOf(url()), { origin: url(), cookie: browser.cookie() });
    await wire.attach(document);
    wire.send(frame);
    await wire.until(() => wire.said("committed").length + wire.said("refused").length > 0);
    wire.end();
  }

  return {
    channel,
    document,
    ids: { alice: alice.me.id, bob: bob.me.id, carol: carol.me.id },
    devices,
    mallories,
    deliver,
    failures,
    async appoint(name, role) {
      const person = account[name].me.id;
      if (role === undefined) valueOf(await api.removeMember({ id: community, person }));
      else valueOf(await api.changeRole({ id: community, person, role }));
    },
    readmit: (name) => join(account[name]),
    async restart(node, how) {
      const old = nodes[node] as Node;
      const port = portOf(node);
      mallories[node]?.close();
      if (how === "stop") {
        await old.close();
        nodes[node] = await start(port);
      } else {
        nodes[node] = await start();
        devices.filter((device) => device.node === node).forEach(({ browser }) => browser.cut());
        leaving.push(old.close());
      }
      devices.filter((device) => device.node === node).forEach((device) => device.does((local) => local.reconnect()));
    },
    async [Symbol.asyncDispose]() {
      devices.forEach((device) => device.close());
      mallories.forEach((hers) => hers.close());
      await Promise.all([...nodes.map((node) => node.close()), ...leaving]);
    },
  };
}

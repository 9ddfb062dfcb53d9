import { MessageReceiver, MessageType, type Connection, type Document, type WebSocketLike } from "@hocuspocus/server";
import { readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";

/** What a client may send about a document, read but not yet trusted. */
export type Incoming =
  | { readonly kind: "step1"; readonly stateVector: Uint8Array }
  | { readonly kind: "update"; readonly update: Uint8Array; readonly step2: boolean }
  | { readonly kind: "stateless"; readonly text: string }
  | { readonly kind: "close" };

/** Takes every message of an attached document. Must not throw: that would end the connection, or the process. */
export type Receive = (connection: Connection, document: Document, incoming: Incoming) => Promise<void>;

const receivers = new WeakMap<object, Receive>();

/** Names the receiver for everybody whose context carries this peer. */
export const receiveFor = (peer: object, receive: Receive): void => void receivers.set(peer, receive);

const entrances = new WeakMap<object, (message: Uint8Array) => void>();
const reopened = new WeakSet<Connection>();

/** Names the way in for messages of this socket. */
export const enterBy = (socket: WebSocketLike, entrance: (message: Uint8Array) => void): void =>
  void entrances.set(socket, entrance);

/**
 * Hocuspocus applies an update first and asks nobody, closes the connection when a hook throws, and acknowledges what
 * it could not read. So its receiver (one class, which it exports and uses) hands over every message instead. It
 * holds for the exact version that package.json pins; frames.test.ts notices when another one works otherwise.
 */
export function takeOverMessages(): void {
  MessageReceiver.prototype.apply = async function (document, connection) {
    const receive = connection && receivers.get((connection.context as { peer?: object }).peer ?? {});
    if (connection === undefined || receive === undefined) return;
    if (!document.hasConnection(connection)) return passOn(connection, this.message.decoder);
    const incoming = read(this.message.decoder);
    if (incoming !== undefined) await receive(connection, document, incoming);
  };
}

/**
 * Who lets a document go and takes it again at once says both in one breath: behind the first stands what begins the
 * next connection. Hocuspocus would drop it with the old one, and the client would never hear of anything again.
 */
function passOn(connection: Connection, decoder: Decoder): void {
  if (decoder.arr[decoder.pos] === MessageType.Auth) reopened.add(connection);
  if (reopened.has(connection)) entrances.get(connection.webSocket)?.(decoder.arr);
}

type Decoder = MessageReceiver["message"]["decoder"];

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** Undefined for what is passed over: awareness (presence has messages of its own), and what only servers say. */
function read(decoder: Decoder): Incoming | undefined {
  try {
    const type = readVarUint(decoder);
    if (type === MessageType.Sync || type === MessageType.SyncReply) return readSync(decoder);
    if (type === MessageType.Stateless) return { kind: "stateless", text: readVarString(decoder) };
    return type === MessageType.CLOSE ? { kind: "close" } : undefined;
  } catch {
    return undefined;
  }
}

function readSync(decoder: Decoder): Incoming | undefined {
  const step = readVarUint(decoder);
  const bytes = readVarUint8Array(decoder);
  if (step === STEP_1) return { kind: "step1", stateVector: bytes };
  return step === STEP_2 || step === UPDATE ? { kind: "update", update: bytes, step2: step === STEP_2 } : undefined;
}

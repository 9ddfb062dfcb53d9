import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import { roles, rules, type Action, type Actor, type Place, type Target } from "#shared/permissions/rules.ts";

const me = "me" as MemberId;
const somebody = "somebody" as MemberId;

/** Who may be asking. */
const askers: readonly (readonly [name: string, actor: Actor])[] = [
  ...roles.map((role) => [role, { id: me, platformAdmin: false, role, inside: false }] as const),
  ["anybody", { id: me, platformAdmin: false, inside: false }],
  ["platform admin", { id: me, platformAdmin: true, inside: false }],
];

const places: Readonly<Record<Place, string>> = {
  platform: "the platform",
  community: "a community",
  chat: "a channel",
  broadcast: "a broadcast channel",
  conversation: "a conversation",
  home: "a home",
  page: "a page",
  desk: "a desk of moderators",
  "platform-desk": "the desk of the platform",
};

/** What may be true beside role and place, and how a cell says that it must be. */
interface Condition {
  readonly says: string;
  readonly apply: (actor: Actor, target: Target) => readonly [Actor, Target];
}

const inside: Condition = { says: "inside", apply: (actor, target) => [{ ...actor, inside: true }, target] };
const own: Condition = { says: "own", apply: (actor, target) => [actor, { ...target, owner: me }] };
const open: Condition = { says: "open", apply: (actor, target) => [actor, { ...target, joinable: true }] };
const below: Condition = { says: "those below", apply: (actor, target) => [actor, { ...target, role: "guest" }] };

/** From the least that is asked for to the most. */
const conditions: readonly (readonly Condition[])[] = [[], [own], [below], [open], [inside], [inside, own]];

/** What a target is where nothing else is said: somebody else's, and of somebody who stands as high as anybody. */
const plain = (place: Place): Target => ({ place, owner: somebody, role: "owner" });

function cell(actor: Actor, action: Action, place: Place): string {
  const found = conditions.find((all) => allows(actor, action, plain(place), all));
  if (found === undefined) return "";
  return found.length === 0 ? "yes" : found.map(({ says }) => says).join(", ");
}

function allows(actor: Actor, action: Action, target: Target, all: readonly Condition[]): boolean {
  let pair: readonly [Actor, Target] = [actor, target];
  for (const { apply } of all) pair = apply(...pair);
  const [who, what] = pair;
  return can(who, action, what);
}

/** What is not allowed any more once it is archived, locked or oneself muted, or from outside a private channel. */
function limits(action: Action, place: Place): string {
  const allowedTo = askers.filter(([, actor]) => cell(actor, action, place) !== "");
  const holds = (change: Partial<Target>): boolean =>
    allowedTo.some(([, actor]) =>
      conditions.some((all) => !all.includes(inside) && allows(actor, action, { ...plain(place), ...change }, all)),
    );
  const loses = (as: Partial<Actor>, change: Partial<Target>): boolean =>
    allowedTo.some(([, actor]) =>
      conditions.some(
        (all) =>
          allows(actor, action, plain(place), all) &&
          !allows({ ...actor, ...as }, action, { ...plain(place), ...change }, all),
      ),
    );
  const isFree = holds({});
  const notes = [
    isFree && !holds({ archived: true }) && "not where it is archived",
    loses({}, { locked: true }) && "where it is locked: moderators and above",
    loses({ muted: true }, {}) && "not while muted",
    isFree && !holds({ private: true }) && "in a private channel: those inside",
  ];
  return notes.filter(Boolean).join("; ");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function linesOf(action: Action): readonly string[] {
  return (Object.keys(places) as Place[]).flatMap((place) => {
    const cells = askers.map(([, actor]) => cell(actor, action, place));
    return cells.every((text) => text === "")
      ? []
      : [row([`\`${action}\``, places[place], ...cells, limits(action, place)])];
  });
}

/** docs/PERMISSIONS.md, as the table in shared/permissions has it now. */
export function permissionsPage(): string {
  const head = ["action", "in", ...askers.map(([name]) => name), "limits"];
  const lines = (Object.keys(rules) as Action[]).flatMap(linesOf);
  return `# Who may do what

Made from the table in \`shared/permissions/rules.ts\` by \`npm run permissions\`; a test says when it is not current. The gate, the HTTP API and the client's buttons ask that table and nothing else. Roles are those of the community that a place belongs to; *anybody* is signed in and no member of it; *platform admin* runs the installation and is no member either.

An empty cell means no. *own*: one's own entries alone. *those below*: people whose role, before and after, is below one's own. *open*: a community that anybody may join, or an installation where anybody may found one. *inside*: those who take part in the conversation, were let into the private channel, or are at home. Whoever is disabled may do nothing.

${row(head)}
${row(head.map(() => "---"))}
${lines.join("\n")}
`;
}

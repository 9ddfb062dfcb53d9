/**
 * Every act of authority that the audit trail keeps, with how it is told: "Alice …, Bob". A new one is a line here and a
 * call of `record` in the transaction that does it.
 */
export const auditActs = {
  "person.create": "made an account for",
  "person.first-admin": "became the first admin",
  "person.password": "changed the password of",
  "person.reset-link": "made a reset link for",
  "person.disable": "disabled the account of",
  "person.enable": "enabled the account of",
  "person.platform-role": "changed the platform role of",
  "person.end-sessions": "ended all sessions of",
  "person.end-session": "ended a session of",
  "token.make": "made an access token",
  "token.revoke": "revoked an access token",
  "community.create": "founded",
  "community.change": "changed",
  "community.archive": "archived",
  "community.reopen": "reopened",
  "community.transfer": "handed over",
  "community.delete": "ordered the deletion of",
  "community.keep": "took back the deletion of",
  "community.purge": "deleted for ever",
  "member.join": "joined",
  "member.leave": "left",
  "member.role": "changed the role of",
  "member.remove": "removed",
  "member.warn": "warned",
  "member.mute": "muted",
  "member.ban": "banned",
  "measure.lift": "lifted a measure against",
  "case.decide": "decided a case of",
  "channel.create": "made the channel",
  "channel.change": "changed the channel",
  "channel.archive": "archived the channel",
  "channel.reopen": "reopened the channel",
  "channel.lock": "locked the channel",
  "channel.unlock": "unlocked the channel",
  "channel.slow": "set the pause between messages in the channel",
  "channel.let-in": "let in",
  "channel.put-out": "took out",
  "page.create": "made the page",
  "page.change": "changed the page",
  "page.delete": "deleted the page",
  "invitation.make": "made an invitation",
  "invitation.revoke": "revoked an invitation",
  "entry.hide": "hid an entry of",
  "entry.restore": "showed an entry again of",
  "settings.change": "changed the settings",
  "job.retry": "had a job tried again",
  "import.run": "imported messages into",
  "audit.export": "exported the audit trail",
  "audit.end-accepted": "took the end of the audit trail for its end",
} as const;

export type AuditAct = keyof typeof auditActs;

export const auditTargets = [
  "person",
  "community",
  "channel",
  "page",
  "invitation",
  "token",
  "entry",
  "case",
  "job",
  "platform",
] as const;
export type AuditTargetKind = (typeof auditTargets)[number];

/** What else is to be known of an act: roles, terms, reasons. Never a secret, and nothing that somebody said. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | string[]>>;

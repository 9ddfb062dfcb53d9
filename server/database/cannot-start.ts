/** What keeps the program from starting or going on, told to whoever runs it in one sentence. */
export class CannotStart extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of that path is a file",
  EEXIST: "there is a file of that name",
};

/** The sentence for a failure to write at a path, where it has one; else the failure itself. */
export function explain(error: unknown, path: string): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ""];
  return reason === undefined ? error : new CannotStart(`Cannot write to ${path}: ${reason}.`, { cause: error });
}

import type { Row } from "#shared/entries/row.ts";
import type { MemberId } from "#shared/ids.ts";
import type { MarkerRow } from "#client/storage/database.ts";

/** Rows that arrived above what was read, after it was read; kept until dismissed. */
export interface LateArrivals {
  readonly among: (rows: readonly Row[], marker: Pick<MarkerRow, "read" | "at"> | undefined) => readonly Row[];
  readonly dismiss: () => void;
}

export function createLateArrivals(me: MemberId): LateArrivals {
  const told = new Set<string>();
  const dismissed = new Set<string>();

  return {
    among(rows, marker) {
      const isLate = ({ key, author, kind, received, position }: Row): boolean => {
        if (received === undefined || author === me || kind !== "message" || dismissed.has(key)) return false;
        return told.has(key) || (marker !== undefined && position <= marker.read && received > marker.at);
      };
      const late = rows.filter(isLate);
      late.forEach(({ key }) => told.add(key));
      return late;
    },
    dismiss: () => told.forEach((key) => dismissed.add(key)),
  };
}

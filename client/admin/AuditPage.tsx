import { useLaterApi } from "#client/api/use-later-api.ts";
import { ExportTrail } from "#client/order/ExportTrail.tsx";
import { Trail } from "#client/order/Trail.tsx";

import { AdminSheet } from "./AdminSheet.tsx";

/** Every act of authority on the platform and in all communities. */
export function AuditPage() {
  const api = useLaterApi();

  return (
    <AdminSheet title="Audit trail" topic="only added to, and chained" tools={<ExportTrail of="/admin/audit/export" />}>
      <div class="column sheet-wide">
        <Trail ask={api.audit} />
      </div>
    </AdminSheet>
  );
}

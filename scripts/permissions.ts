import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { permissionsPage } from "./permissions-page.ts";

/** `npm run permissions`: writes docs/PERMISSIONS.md anew from the table. */
writeFileSync(join(import.meta.dirname, "../docs/PERMISSIONS.md"), permissionsPage());

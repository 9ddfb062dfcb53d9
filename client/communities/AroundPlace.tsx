import type { RouteSectionProps } from "@solidjs/router";

import { AroundList } from "./AroundList.tsx";

/** Outside of one's communities: the list of ways, and the page that is open. */
export const AroundPlace = (props: RouteSectionProps) => (
  <>
    <AroundList />
    {props.children}
  </>
);

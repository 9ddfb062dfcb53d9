import swagger, { type SwaggerTransformObject } from "@fastify/swagger";
import scalar from "@scalar/fastify-api-reference";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import * as z from "zod";

import { accessToken, me, session } from "#shared/protocol/http/account.ts";
import { channel, segment } from "#shared/protocol/http/channels.ts";
import { community, member } from "#shared/protocol/http/communities.ts";
import { conversation } from "#shared/protocol/http/conversations.ts";
import { invitation, preview } from "#shared/protocol/http/invitations.ts";
import { account } from "#shared/protocol/http/admin/people.ts";
import { administered } from "#shared/protocol/http/admin/communities.ts";
import { audited } from "#shared/protocol/http/admin/audit.ts";
import { page } from "#shared/protocol/http/page.ts";
import { pageVersion } from "#shared/protocol/http/pages.ts";
import { profile } from "#shared/protocol/http/people.ts";
import { hit, unread } from "#shared/protocol/http/search.ts";

import type { App } from "./dependencies.ts";

/** What has a name of its own in the description. */
const named = {
  Me: me,
  Session: session,
  AccessToken: accessToken,
  Profile: profile,
  Account: account,
  AdministeredCommunity: administered,
  AuditLine: audited,
  Community: community,
  Member: member,
  Invitation: invitation,
  InvitationPreview: preview,
  Channel: channel,
  Segment: segment,
  Conversation: conversation,
  Page: page,
  PageVersion: pageVersion,
  Hit: hit,
  Unread: unread,
};

const DESCRIPTION = `Everything that changes who may do what on a Folkmoot server goes through here. Messages do not: they are written into
documents over the socket at \`/collab\` and merged there, which is why they can be written without a network.

One signs in with \`POST /api/v1/sign-in\`, which sets a cookie. An access token of \`POST /api/v1/me/tokens\` opens documents, and
nothing here. A request that changes something must carry an \`Origin\` of this
server. Every failure is a problem (RFC 9457) whose \`code\` says which; "no such thing" and "not yours" are one answer. Times are in
milliseconds since 1970. Lists come in pages: hand \`next\` back as \`after\` (or \`cursor\`).`;

/** Describes the API at /api/openapi.json, and shows it at /docs, with everything from this server. */
export async function describeApi(app: App): Promise<void> {
  const schemaRegistry = z.registry<{ id: string }>();
  Object.entries(named).forEach(([id, schema]) => schemaRegistry.add(schema, { id }));

  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Folkmoot", version: "1", description: DESCRIPTION },
      components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: "folkmoot" } } },
      security: [{ session: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: withoutInputs(createJsonSchemaTransformObject({ schemaRegistry })),
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
  await app.register(scalar, {
    routePrefix: "/docs",
    configuration: {
      url: "/api/openapi.json",
      pageTitle: "Folkmoot: the API",
      withDefaultFonts: false,
      telemetry: false,
      // What would lead to services of others.
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
}

/** What has a name is only ever answered: as something to be sent in, under a second name, nobody refers to it. */
function withoutInputs(transform: SwaggerTransformObject): SwaggerTransformObject {
  return (document) => {
    const { components, ...description } = transform(document) as { readonly components: { readonly schemas: object } };
    const schemas = Object.fromEntries(Object.entries(components.schemas).filter(([name]) => !name.endsWith("Input")));
    return { ...description, components: { ...components, schemas } };
  };
}

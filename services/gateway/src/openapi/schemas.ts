import * as z from 'zod';
import * as contracts from '@studio/contracts';

/** What is answered, by the name that it has in the description. What refers to another one of them does so there too. */
const ANSWERED = [
  ...['Actor', 'Event', 'EventPage', 'Invite', 'InviteList', 'ListedRoom', 'LiveInfo', 'LiveSettings'],
  ...['LiveUsage', 'LobbyView', 'Member', 'MemberList', 'Problem', 'Room', 'RoomHits', 'RoomList'],
  ...['RoomLiveView', 'RoomView', 'SearchHit', 'SessionView', 'SignedInView', 'StudioHits', 'StudioView'],
  ...['TicketView', 'User'],
] as const satisfies (keyof typeof contracts)[];

const answered = z.registry<{ id: string }>();
for (const id of ANSWERED) answered.add(contracts[id], { id });

const URI = '#/components/schemas/';

/** JSON Schema of every answer that has a name. */
export function answerSchemas(): Record<string, object> {
  const { schemas } = z.toJSONSchema(answered, {
    io: 'output',
    uri: (id) => URI + id,
    override: ({ jsonSchema }) => {
      // A newer studio may answer more.
      delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** JSON Schema of an answer: a reference when it has a name. */
export function answerSchema(schema: z.ZodType): object {
  const name = answered.get(schema)?.id;
  return name === undefined ? bare(z.toJSONSchema(schema, { io: 'output' })) : { $ref: URI + name };
}

/** JSON Schema of what is sent: what has a default may be left out. */
export function requestSchema(schema: z.ZodType): {
  properties?: Record<string, object>;
  required?: string[];
} {
  return bare(z.toJSONSchema(schema, { io: 'input', metadata: z.registry() }));
}

/** Without what only whole documents say of themselves. */
function bare({ $schema: _, $id: __, ...schema }: z.core.JSONSchema.BaseSchema): object {
  return schema;
}

import * as z from 'zod';
import { defineTool } from '../tool.ts';

export const whoIsHere = defineTool({
  name: 'who_is_here',
  description:
    'Lists the people who are in this room now: name, role, whether the microphone is muted, and who is heard.',
  parameters: z.object({}),
  run: (_args, room) => ({
    people: room.people().map(({ name, role, muted, hasFloor }) => ({ name, role, muted, hasFloor })),
  }),
});

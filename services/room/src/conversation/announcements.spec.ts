import { newId } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import { expect, it, vi } from 'vitest';
import { Conversation } from './conversation.ts';
import { Announcements } from './announcements.ts';

const line = () => ({
  key: `joined:${newId()}`,
  actor: { id: newId(), name: 'Ada', kind: 'person' as const },
  body: { type: 'participant.joined' as const, role: 'member' as const },
});

it('is durable when it resolves, also when it was made in the very moment in which another became so', async () => {
  for (let ticks = 0; ticks < 20; ticks++) {
    const durable: string[] = [];
    const conversation = Object.create(Conversation.prototype) as Conversation;
    vi.spyOn(conversation, 'append').mockImplementation((_roomId, { key }) => {
      durable.push(key);
      return Promise.resolve({ seq: durable.length, duplicate: false });
    });
    const announcements = new Announcements(conversation, createLogger('test', { level: 'silent' }));
    const [roomId, first, second] = [newId(), line(), line()];
    const announced = announcements.announce(roomId, first);
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    await announcements.announce(roomId, second);
    expect(durable).toEqual([first.key, second.key]);
    await announced;
  }
});

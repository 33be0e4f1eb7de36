import { afterEach, expect, it } from 'vitest';
import { MACHINE_CLOCK } from './clock.ts';
import { Meeting } from './testing/meeting.ts';
import { OpenMicrophone } from './testing/open-microphone.ts';
import { Stage, until } from './testing/service.ts';
import { speech } from './testing/synthetic-speech.ts';

const stage = new Stage();
afterEach(() => stage.close());

it('a mix reaches the Live socket in real time, on the clock of the machine', async () => {
  const live = await stage.emulator({ keepAudioSeconds: 30 });
  const meeting = await Meeting.start();
  const people = [await meeting.enter('Ana'), await meeting.enter('Ben')];
  meeting.room.setLive(people[0]!.actor, { floor: 'mix' });
  await stage.serve(meeting, live.url);
  await until(() => expect(meeting.status()?.state).toBe('listening'));
  const microphones = people.map((person) => new OpenMicrophone(MACHINE_CLOCK, meeting, person));
  for (const microphone of microphones) microphone.say(speech(3));
  const frames = () =>
    live.recordings(live.sessions()[0]!.sessionId).flatMap((recording) => recording.frames);
  const lastedMs = () => (frames().at(-1)?.at ?? 0) - (frames()[0]?.at ?? 0);
  await until(() => expect(lastedMs()).toBeGreaterThan(4_000));
  for (const microphone of microphones) microphone.close();
  const sentMs = frames().reduce((sum, { samples }) => sum + samples.length, 0) / 16;
  // What a busy machine may hold back at one moment; the difference does not grow with the time.
  expect(Math.abs(sentMs - lastedMs())).toBeLessThan(300);
});

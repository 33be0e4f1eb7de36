import type { CreateAuthTokenConfig } from '@google/genai';
import { GoogleGenAI } from '@google/genai';
import { property, turnsComplete } from '../matching/checks.ts';
import type { Caller } from '../run/caller.ts';
import type { Access } from '../run/target.ts';
import type { CaseGroup, ConformanceCase } from './case.ts';

/** Where the SDK makes tokens and connects with them. */
const ALPHA = { apiVersion: 'v1alpha' };

/** A new ephemeral token, as access to the service. */
async function token(caller: Caller, config: CreateAuthTokenConfig): Promise<Access> {
  const { name } = await new GoogleGenAI(caller.target.sdk(ALPHA)).authTokens.create({ config });
  return { ...ALPHA, credential: name ?? '' };
}

/** A moment so many minutes from now, on the service's clock at the start of a case. */
function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

/** A token that is not made. */
function notMade(what: string, config: () => CreateAuthTokenConfig): ConformanceCase {
  return {
    name: `No token is made ${what}`,
    services: ['developer'],
    script: async (caller) => {
      const made = await token(caller, config()).then(
        () => true,
        () => false,
      );
      if (made) throw new Error('a token was made');
    },
    expect: [],
  };
}

const refused = { close: { code: [1008, 1007], reason: /token|argument/i } };

export const TOKENS: CaseGroup = {
  title: 'ephemeral tokens',
  cases: [
    {
      name: 'A token opens a session like a key',
      services: ['developer'],
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect({}, await token(caller, {}));
        line.ask('Ana: Who are you?');
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'A token is good for one session where nothing else was said',
      services: ['developer'],
      script: async (caller) => {
        const access = await token(caller, {});
        const line = await caller.connect({}, access);
        await line.close();
        await caller.connect({}, access);
      },
      expect: [{ order: 'setupComplete' }, refused],
    },
    {
      name: 'A token is good for as many sessions as it was made for',
      services: ['developer'],
      script: async (caller) => {
        const access = await token(caller, { uses: 2 });
        for (let sessions = 0; sessions < 3; sessions += 1) {
          const line = await caller.connect({}, access);
          await line.close();
        }
      },
      expect: [{ order: 'setupComplete' }, { order: 'setupComplete' }, refused],
    },
    {
      name: 'A session that is resumed uses a token no second time',
      services: ['developer'],
      script: async (caller) => {
        const access = await token(caller, { uses: 1 });
        const first = await caller.connect({ sessionResumption: {} }, access);
        first.tell('Ana: noted');
        await first.gets('resumable');
        await first.close();
        const handle = first.exchange.handle ?? '';
        await caller.connect({ sessionResumption: { handle } }, access);
      },
      expect: [{}, { order: 'setupComplete' }],
    },
    {
      name: 'What a token lays down holds, whatever its holder asks for',
      services: ['developer'],
      script: async (caller) => {
        const access = await token(caller, {
          liveConnectConstraints: { model: caller.model.id, config: { outputAudioTranscription: {} } },
        });
        const line = await caller.connect({}, access);
        line.ask('Ana: Who are you?');
        await line.turns(1);
      },
      expect: {
        holds: [turnsComplete(1), property('transcripts', (seen) => seen.count('transcript') > 0, true)],
      },
    },
    {
      name: 'A token begins no session after its time for new ones',
      services: ['developer'],
      emulator: { speed: 60 },
      timeLimitMs: 4 * 60_000,
      cost: { seconds: 130, dollars: 0 },
      script: async (caller) => {
        const access = await token(caller, { newSessionExpireTime: inMinutes(1), expireTime: inMinutes(20) });
        await caller.pause(2 * 60_000);
        await caller.connect({}, access);
      },
      expect: refused,
    },
    {
      name: 'A session ends when the token that began it expires',
      services: ['developer'],
      emulator: { speed: 60 },
      timeLimitMs: 5 * 60_000,
      cost: { seconds: 180, dollars: 0.01 },
      script: async (caller) => {
        const access = await token(caller, { newSessionExpireTime: inMinutes(2), expireTime: inMinutes(3) });
        const line = await caller.connect({}, access);
        await caller.pause(4 * 60_000);
        line.ask('Ana: Who are you?');
        await line.ended();
      },
      expect: { close: { code: [1008, 1007, 1011] }, never: ['model'] },
    },
    {
      name: 'A token that was never made is refused',
      services: ['developer'],
      script: async (caller) => {
        await caller.connect({}, { ...ALPHA, credential: 'auth_tokens/never-made' });
      },
      expect: { refusedWith: [400, 401, 403] },
      tolerates: [{ what: 'opening', because: 'the service may open the connection and close it with 1008' }],
    },
    notMade('that would live for a day', () => ({ expireTime: inMinutes(24 * 60) })),
    notMade('that has expired already', () => ({ expireTime: inMinutes(-5) })),
    {
      name: 'No token is made with a wrong key',
      services: ['developer'],
      script: async (caller) => {
        const options = caller.target.sdk({ ...ALPHA, credential: 'wrong' });
        const made = await new GoogleGenAI(options).authTokens.create({ config: {} }).then(
          () => true,
          () => false,
        );
        if (made) throw new Error('a token was made');
      },
      expect: [],
    },
  ],
};

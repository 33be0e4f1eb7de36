import type { LiveModel, LiveService } from '@studio/contracts';
import { property } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';
import { NOTE, PLEASE_SAVE, saveNote } from './functions.ts';

const instruction = { systemInstruction: { parts: [{ text: 'Be brief.' }] } };
const tools = { tools: { tools: [{ functionDeclarations: [saveNote] }] } };

const takesInstruction = ({ contextUpdates }: LiveModel, service: LiveService): boolean =>
  contextUpdates === 'all' || (contextUpdates === 'vertex-instruction' && service === 'vertex');

export const CONTEXT_UPDATES: CaseGroup = {
  title: 'updates of the context',
  cases: [
    {
      name: 'A system instruction may change in the middle of a session',
      models: takesInstruction,
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Who are you?');
        await line.turns(1);
        line.session.sendContextUpdate(instruction);
        line.ask('Ana: And who is here?');
        await line.turns(2);
      },
      expect: { order: 'model generationComplete turnComplete model generationComplete turnComplete' },
    },
    {
      name: 'A function may be declared in the middle of a session',
      models: ({ contextUpdates }) => contextUpdates === 'all',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Who are you?');
        await line.turns(1);
        line.session.sendContextUpdate(tools);
        line.ask(PLEASE_SAVE);
        await line.gets('toolCall');
      },
      expect: {
        holds: [property('calls', ({ calls }) => calls, [{ name: 'save_note', args: { text: NOTE } }])],
      },
    },
    {
      name: 'A new system instruction ends the connection on a model that does not take one',
      models: (model, service) => !takesInstruction(model, service),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.session.sendContextUpdate(instruction);
        await line.ended();
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'New tools end the connection on a model that does not take them',
      models: ({ contextUpdates }) => contextUpdates !== 'all',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.rawSetUp();
        line.send({ contextUpdate: tools });
        await line.ended();
      },
      expect: { close: { code: [1007] } },
    },
  ],
};

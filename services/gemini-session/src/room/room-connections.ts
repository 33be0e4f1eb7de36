import type { LiveInfo, LiveSettings } from '@studio/contracts';
import { ADDRESSING_INSTRUCTION } from '../addressing/instruction.ts';
import type { Clock } from '../clock.ts';
import type { GeminiSessionConfig } from '../gemini-session-config.ts';
import { connectionSettings, sameConnection } from '../live/connection-settings.ts';
import type { ConnectionSettings } from '../live/connection-settings.ts';
import type { GenAiClient } from '../live/genai-client.ts';
import { instruction } from '../live/instruction.ts';
import { LiveConnectError, LiveConnection } from '../live/live-connection.ts';
import type { LiveListener } from '../live/live-connection.ts';
import type { LiveTarget } from '../live/live-session-options.ts';
import { functionCalling, functionDeclarations } from '../tools/function-calling.ts';
import type { RoomTools } from '../tools/room-tools.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';

export interface RoomConnectionsOptions {
  client: GenAiClient;
  config: GeminiSessionConfig;
  clock: Clock;
  /** What the studio offers, which settings of rooms are judged by. */
  studio: LiveInfo;
  tools: ToolRegistry;
}

/** Makes the connections of one room as its settings want them. */
export class RoomConnections {
  private readonly options: RoomConnectionsOptions;
  private readonly roomTools: RoomTools;
  private readonly settings: () => LiveSettings;

  constructor(options: RoomConnectionsOptions, roomTools: RoomTools, settings: () => LiveSettings) {
    this.options = options;
    this.roomTools = roomTools;
    this.settings = settings;
  }

  /** The model of the next connection. */
  get model(): string {
    return this.wanted(this.settings()).model;
  }

  /** Whether a connection made with the settings of before serves those of now as well. */
  same(before: LiveSettings, now: LiveSettings): boolean {
    return sameConnection(this.wanted(before), this.wanted(now));
  }

  /** @throws LiveConnectError, also when it is known before that the service would refuse */
  async open(
    { model, handle }: LiveTarget,
    listener: LiveListener,
    signal: AbortSignal,
  ): Promise<LiveConnection> {
    const { client, config, clock, tools } = this.options;
    const settings = this.settings();
    const { refusal, config: asked } = this.wanted(settings);
    if (refusal !== undefined)
      throw new LiveConnectError({ code: undefined, detail: '', slow: false, refusal });
    const offered = tools.selected(settings.tools);
    await this.roomTools.connecting(offered, functionCalling(model, config), handle !== undefined);
    const sessionResumption = handle === undefined ? {} : { handle };
    return LiveConnection.open(
      client,
      {
        ...{ model, signal, clock, deadlineMs: config.LIVE_CONNECT_MS },
        limits: { answerMs: config.LIVE_ANSWER_MS, stallMs: config.LIVE_STALL_MS },
        config: { ...asked, sessionResumption },
      },
      listener,
    );
  }

  private wanted(settings: LiveSettings): ConnectionSettings {
    const { config, studio, tools } = this.options;
    const calling = functionCalling(settings.model ?? studio.model, config);
    return connectionSettings(settings, {
      studio,
      functions: functionDeclarations(tools.selected(settings.tools), calling),
      instruction: instruction(
        ADDRESSING_INSTRUCTION[settings.addressing],
        config.GEMINI_INSTRUCTION,
        settings.instruction,
      ),
    });
  }
}

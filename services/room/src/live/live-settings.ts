import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { StudioError, describeChanges, liveSettingsProblems, newId } from '@studio/contracts';
import type { Id, LiveInfo, LiveSettings, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { RpcClient } from '@studio/bus';
import { Decisions } from '../conversation/decisions.ts';
import { Members } from '../membership/members.ts';
import { CONFIG } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { roomOf } from '../rooms/room-object.ts';
import type { LiveChange, StoredRoom } from '../rooms/room-object.ts';

/** How Gemini takes part in rooms: kept in the object of each room, changed by compare-and-set. */
@Injectable()
export class RoomLiveSettings {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly members: Members,
    private readonly decisions: Decisions,
    private readonly rpc: RpcClient,
    @Inject(CONFIG) private readonly config: RoomConfig,
  ) {}

  /** @throws StudioError not_found */
  async get(roomId: RoomId): Promise<RpcResponse<'room.live'>> {
    return this.live(await this.directory.load(roomId));
  }

  /**
   * A repetition of the change that was made last does nothing but make sure that it is in the conversation: whoever got no answer may
   * try again. A change of the room itself meanwhile is none of the settings.
   * @throws StudioError not_found, closed, forbidden, invalid, precondition_failed, unavailable
   */
  async set(request: RpcRequest<'room.setLive'>): Promise<RpcResponse<'room.setLive'>> {
    const { roomId, user, settings, version } = request;
    const before = await this.directory.load(roomId);
    mustBeOpen(before);
    await this.mayConfigure(before, user.id);
    if (!isDeepStrictEqual(this.settingsOf(before), settings)) {
      if (version !== undefined && version !== liveVersionOf(before)) throw changedMeanwhile();
      await this.check(settings);
      // The one before would be forgotten now, told or not.
      await this.tell(before);
    }
    const after = await this.directory.update(roomId, async (stored) => {
      mustBeOpen(stored);
      await this.mayConfigure(stored, user.id);
      const now = this.settingsOf(stored);
      if (isDeepStrictEqual(now, settings)) return undefined;
      if (version !== undefined && version !== liveVersionOf(stored)) throw changedMeanwhile();
      const change: LiveChange = {
        key: `live.settings:${newId()}`,
        at: Date.now(),
        by: { id: user.id, name: user.name, kind: 'person' },
        changes: describeChanges(now, settings),
      };
      return { ...stored, live: { settings, change, revision: revisionOf(stored) + 1 } };
    });
    await this.tell(after);
    return this.live(after);
  }

  private async mayConfigure(stored: StoredRoom, userId: Id): Promise<void> {
    await this.members.demand(roomOf(stored), userId, 'gemini.configure', 'change how Gemini takes part');
  }

  private live(stored: StoredRoom): RpcResponse<'room.live'> {
    const defaults = this.config.LIVE_DEFAULTS;
    return { settings: this.settingsOf(stored), version: liveVersionOf(stored), defaults };
  }

  private settingsOf({ live }: StoredRoom): LiveSettings {
    return live?.settings ?? this.config.LIVE_DEFAULTS;
  }

  private async check(settings: LiveSettings): Promise<void> {
    const problems = liveSettingsProblems(settings, await this.studio());
    if (problems.length > 0)
      throw new StudioError('invalid', problems.map(({ message }) => message).join(' '));
  }

  private async studio(): Promise<LiveInfo> {
    try {
      return await this.rpc.call('live.info', {});
    } catch (cause) {
      throw new StudioError(
        'unavailable',
        'Whether Gemini takes these settings cannot be checked now. Try again.',
        { cause },
      );
    }
  }

  private async tell({ id, live }: StoredRoom): Promise<void> {
    if (live === undefined) return;
    const { key, at, by, changes } = live.change;
    await this.decisions.tell(id, { key, at, by, body: { type: 'live.settings', changes } });
  }
}

function revisionOf({ live }: StoredRoom): number {
  return live?.revision ?? 0;
}

function liveVersionOf(stored: StoredRoom): string {
  return String(revisionOf(stored));
}

function mustBeOpen({ status }: StoredRoom): void {
  if (status !== 'open') throw new StudioError('closed', 'This room is closed.');
}

function changedMeanwhile(): StudioError {
  return new StudioError(
    'precondition_failed',
    'Somebody else has changed the settings meanwhile. Look at them again.',
  );
}

import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { StudioError, describeChanges, liveSettingsProblems, may, newId } from '@studio/contracts';
import type { LiveInfo, LiveSettings, RoomId, RpcRequest, RpcResponse } from '@studio/contracts';
import { RpcClient } from '@studio/bus';
import { Announcements } from '../conversation/announcements.ts';
import { CONFIG } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import { RoomDirectory } from '../rooms/room-directory.ts';
import { roleIn } from '../rooms/room-role.ts';
import type { LiveChange, StoredRoom } from '../rooms/room-object.ts';

/** A change older than this is in the conversation; the log may have forgotten by then that it has the key. Milliseconds. */
const ANNOUNCED_MS = 60_000;

/** How Gemini takes part in rooms: kept in the object of each room, changed by compare-and-set. */
@Injectable()
export class RoomLiveSettings {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly announcements: Announcements,
    private readonly rpc: RpcClient,
    @Inject(CONFIG) private readonly config: RoomConfig,
  ) {}

  /** @throws StudioError not_found */
  async get(roomId: RoomId): Promise<RpcResponse<'room.live'>> {
    const { stored, version } = await this.directory.load(roomId);
    return this.live(this.settingsOf(stored), version);
  }

  /**
   * A repetition of the change that was made last does nothing but make sure that it is in the conversation: whoever got no answer may
   * try again.
   * @throws StudioError not_found, closed, forbidden, invalid, precondition_failed, unavailable
   */
  async set(request: RpcRequest<'room.setLive'>): Promise<RpcResponse<'room.setLive'>> {
    const { roomId, user, settings } = request;
    const { stored, version } = await this.directory.load(roomId);
    if (stored.status !== 'open') throw new StudioError('closed', 'This room is closed.');
    if (!may(roleIn(stored, user.id), 'gemini.configure'))
      throw new StudioError('forbidden', 'Only an owner or a moderator may change how Gemini takes part.');
    const before = this.settingsOf(stored);
    if (isDeepStrictEqual(before, settings)) {
      if (stored.live !== undefined) await this.announce(roomId, stored.live.change);
      return this.live(settings, version);
    }
    if (request.version !== undefined && request.version !== version) throw changedMeanwhile();
    await this.check(settings);
    const change: LiveChange = {
      key: `live.settings:${newId()}`,
      at: Date.now(),
      by: { id: user.id, name: user.name, kind: 'person' },
      changes: describeChanges(before, settings),
    };
    const next = await this.directory.save({ ...stored, live: { settings, change } }, version);
    if (next === undefined) throw changedMeanwhile();
    await this.announce(roomId, change);
    return this.live(settings, next);
  }

  private live(settings: LiveSettings, version: string): RpcResponse<'room.live'> {
    return { settings, version, defaults: this.config.LIVE_DEFAULTS };
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

  private async announce(roomId: RoomId, { key, at, by, changes }: LiveChange): Promise<void> {
    if (Date.now() - at > ANNOUNCED_MS) return;
    await this.announcements.announce(roomId, {
      key,
      actor: by,
      body: { type: 'live.settings', changes },
    });
  }
}

function changedMeanwhile(): StudioError {
  return new StudioError(
    'precondition_failed',
    'Somebody else has changed the settings meanwhile. Look at them again.',
  );
}

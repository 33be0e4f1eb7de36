import { Service } from '@angular/core';
import type { RoomId } from '@studio/contracts';

export interface JoinChoices {
  readonly microphone: boolean;
  readonly camera: boolean;
}

/** How this tab joined a room, so that a reload comes straight back. It ends with the tab, and when the person leaves. */
@Service()
export class RememberedJoins {
  get(roomId: RoomId): JoinChoices | undefined {
    switch (sessionStorage.getItem(key(roomId))) {
      case 'microphone+camera':
        return { microphone: true, camera: true };
      case 'microphone':
        return { microphone: true, camera: false };
      case 'camera':
        return { microphone: false, camera: true };
      case 'nothing':
        return { microphone: false, camera: false };
      default:
        return undefined;
    }
  }

  set(roomId: RoomId, { microphone, camera }: JoinChoices): void {
    const on = [microphone ? 'microphone' : '', camera ? 'camera' : ''].filter((name) => name !== '');
    sessionStorage.setItem(key(roomId), on.join('+') || 'nothing');
  }

  forget(roomId: RoomId): void {
    sessionStorage.removeItem(key(roomId));
  }
}

function key(roomId: RoomId): string {
  return `kss.joined.${roomId}`;
}

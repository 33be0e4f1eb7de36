import { Service, effect, signal } from '@angular/core';

const KEY = 'kss.media';
const PARAMETER = 'voiceProcessing';

interface Remembered {
  microphoneId: string;
  cameraId: string;
  voiceProcessing: boolean;
  volume: number;
}

/** What this person chose on this device. */
@Service()
export class MediaPreferences {
  readonly #remembered = read();
  /** Empty: whatever the browser takes by itself. */
  readonly microphoneId = signal(this.#remembered.microphoneId);
  readonly cameraId = signal(this.#remembered.cameraId);
  /** Echo cancellation, noise suppression and automatic gain of the browser. */
  readonly voiceProcessing = signal(this.#remembered.voiceProcessing);
  /** Of the loudspeaker, 0 to 1. */
  readonly volume = signal(this.#remembered.volume);

  constructor() {
    const asked = new URLSearchParams(location.search).get(PARAMETER);
    if (asked !== null) this.voiceProcessing.set(asked !== 'off');
    effect(() => {
      const remembered: Remembered = {
        microphoneId: this.microphoneId(),
        cameraId: this.cameraId(),
        voiceProcessing: this.voiceProcessing(),
        volume: this.volume(),
      };
      localStorage.setItem(KEY, JSON.stringify(remembered));
    });
  }
}

function read(): Remembered {
  const kept = parse(localStorage.getItem(KEY));
  return {
    microphoneId: typeof kept['microphoneId'] === 'string' ? kept['microphoneId'] : '',
    cameraId: typeof kept['cameraId'] === 'string' ? kept['cameraId'] : '',
    voiceProcessing: kept['voiceProcessing'] !== false,
    volume: typeof kept['volume'] === 'number' ? Math.min(1, Math.max(0, kept['volume'])) : 1,
  };
}

/** What stands in the browser's store may be of another version, or broken: then it is as if there was nothing. */
function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

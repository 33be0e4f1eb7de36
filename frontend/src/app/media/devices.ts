import { Service, signal } from '@angular/core';

/** The microphones and cameras of this machine, kept up to date. */
@Service()
export class Devices {
  readonly #microphones = signal<readonly MediaDeviceInfo[]>([]);
  readonly #cameras = signal<readonly MediaDeviceInfo[]>([]);
  readonly microphones = this.#microphones.asReadonly();
  readonly cameras = this.#cameras.asReadonly();

  constructor() {
    if (!window.isSecureContext) return;
    navigator.mediaDevices.addEventListener('devicechange', () => void this.refresh());
    void this.refresh();
  }

  /** Names of devices are known only after the person has allowed one of their kind: then it is worth asking again. */
  async refresh(): Promise<void> {
    if (!window.isSecureContext) return;
    const all = await navigator.mediaDevices.enumerateDevices();
    const named = all.filter(({ deviceId, label }) => deviceId !== '' && label !== '');
    this.#microphones.set(named.filter(({ kind }) => kind === 'audioinput'));
    this.#cameras.set(named.filter(({ kind }) => kind === 'videoinput'));
  }
}

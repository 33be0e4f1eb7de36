interface Sound {
  readonly pcm: Uint8Array;
  /** A connection was sent it. */
  sent: boolean;
}

/** The newest part of what people said, for another connection, and what of it one was sent already. */
export class KeptSound {
  private sounds: Sound[] = [];
  private bytes = 0;

  /** Keeps a copy, and of what came before it as much as makes `most` bytes with it. */
  add(pcm: Uint8Array, sent: boolean, most: number): void {
    this.sounds.push({ pcm: pcm.slice(), sent });
    this.bytes += pcm.byteLength;
    while (this.bytes > most) this.bytes -= this.sounds.shift()?.pcm.byteLength ?? this.bytes;
  }

  /** Forgets the oldest, so that at most `most` bytes of what was sent are left. */
  forgetSent(most: number): void {
    let left = most;
    const last = this.sounds.findLastIndex(({ pcm, sent }) => sent && (left -= pcm.byteLength) < 0);
    for (const { pcm } of this.sounds.splice(0, last + 1)) this.bytes -= pcm.byteLength;
  }

  /** Sends all of it, oldest first. */
  send(sendAudio: (pcm: Uint8Array) => void): void {
    for (const sound of this.sounds) {
      sendAudio(sound.pcm);
      sound.sent = true;
    }
  }
}

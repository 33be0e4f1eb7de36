/** What the page's recorder hands out, of one kind of sound. */
export interface RecordedSound {
  /** Samples per second. */
  rate: number;
  /** When the first sample was made: milliseconds since the epoch. */
  startedAt: number;
  /** 16-bit samples as base64. */
  pcm: string;
}

/** `heard`: everything that goes to the loudspeaker. `said`: what comes from the microphone, silence while it is muted. */
export type SoundKind = 'heard' | 'said';

declare global {
  interface Window {
    takeSound(kind: SoundKind, since: number): RecordedSound | undefined;
    policyViolations: string[];
  }
}

/**
 * Runs in the page before any script of it: records the sound that goes to the loudspeaker and that of the microphone, and notes every
 * violation of the Content Security Policy. It stands alone: nothing outside of it exists in the page.
 */
export function installRecorder(workletPath: string): void {
  interface Block {
    samples: Float32Array;
    /** When its last sample was made, as far as the message's arrival tells: never too early. Milliseconds since the epoch. */
    endedBy: number;
    endFrame: number;
  }
  const tracks = new Map<SoundKind, { rate: number; blocks: Block[] }>();
  const now = () => performance.timeOrigin + performance.now();
  const connect = Reflect.get(AudioNode.prototype, 'connect') as (
    this: AudioNode,
    to: AudioNode,
  ) => AudioNode;

  // Loaded before whatever the page loads: a page that has its own worklet when it opens the microphone has the recorder, too, so that
  // no first word is missed.
  const addModule: AudioWorklet['addModule'] = Reflect.get<AudioWorklet, 'addModule'>(
    AudioWorklet.prototype,
    'addModule',
  );
  Object.defineProperty(AudioWorklet.prototype, 'addModule', {
    async value(this: AudioWorklet, ...module: Parameters<AudioWorklet['addModule']>) {
      await addModule.call(this, workletPath);
      await addModule.apply(this, module);
    },
  });

  const record = (kind: SoundKind, source: AudioNode): void => {
    const { context } = source;
    const blocks: Block[] = [];
    tracks.set(kind, { rate: context.sampleRate, blocks });
    const recorder = new AudioWorkletNode(context, 'e2e-recorder', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    recorder.port.onmessage = ({ data }: MessageEvent<{ endFrame: number; samples: Float32Array }>) => {
      blocks.push({ ...data, endedBy: now() });
    };
    connect.call(source, recorder);
  };

  const recorded = new WeakSet<AudioNode>();
  Object.defineProperty(AudioNode.prototype, 'connect', {
    value(this: AudioNode, to: AudioNode, ...rest: unknown[]) {
      const microphone = this instanceof MediaStreamAudioSourceNode;
      if ((microphone || to instanceof AudioDestinationNode) && !recorded.has(this)) {
        recorded.add(this);
        record(microphone ? 'said' : 'heard', this);
      }
      return Reflect.apply(connect, this, [to, ...rest]) as unknown;
    },
  });

  window.takeSound = (kind, since) => {
    const track = tracks.get(kind);
    if (!track) return undefined;
    const { rate } = track;
    const blocks = track.blocks.filter(({ endedBy }) => endedBy >= since);
    const [first] = blocks;
    if (!first) return undefined;
    // A message may be late, never early: the earliest one of all tells best when a frame was made.
    const begin = Math.min(...blocks.map(({ endFrame, endedBy }) => endedBy - (endFrame / rate) * 1_000));
    const startFrame = first.endFrame - first.samples.length;
    const last = blocks.at(-1)?.endFrame ?? 0;
    const samples = new Int16Array(last - startFrame);
    for (const block of blocks) {
      const at = block.endFrame - block.samples.length - startFrame;
      block.samples.forEach((sample, index) => {
        samples[at + index] = Math.max(-1, Math.min(1, sample)) * 32_767;
      });
    }
    const bytes = new Uint8Array(samples.buffer);
    let binary = '';
    for (let at = 0; at < bytes.length; at += 8_192)
      binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    return { rate, startedAt: begin + (startFrame / rate) * 1_000, pcm: btoa(binary) };
  };

  window.policyViolations = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    window.policyViolations.push(`${violatedDirective} ${blockedURI}`);
  });
}

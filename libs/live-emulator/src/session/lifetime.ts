import type { Clock } from '../clock.ts';

/** Ends something at a time, and says so before. */
export interface Lifetime {
  /** Emulated time. */
  readonly endsAt: number;
  readonly noticeMs: number;
  readonly onNotice: (leftMs: number) => void;
  readonly onEnd: () => void;
}

/** The function given back lets it live on. */
export function limitLife(clock: Clock, { endsAt, noticeMs, onNotice, onEnd }: Lifetime): () => void {
  const leftMs = Math.max(0, endsAt - clock.now());
  const cancelNotice = clock.after(Math.max(0, leftMs - noticeMs), () =>
    onNotice(Math.min(noticeMs, leftMs)),
  );
  const cancelEnd = clock.after(leftMs, onEnd);
  return () => {
    cancelNotice();
    cancelEnd();
  };
}

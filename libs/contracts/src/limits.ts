/** Default limits. Sizes are bytes, times are milliseconds, unless the name says otherwise. */
export const LIMITS = {
  /** Largest text frame a client may send (design, part 7). */
  textFrameBytes: 64 * 1024,
  /** Largest binary frame a client may send. */
  binaryFrameBytes: 256 * 1024,
  /** Longest chat message, in characters (UTF-16 code units). */
  chatCharacters: 8_000,
  /** Longest display name and room name, in characters. */
  nameCharacters: 80,
  /** A connection that has not said a valid `hello` by then is closed. */
  helloTimeoutMs: 10_000,
  pingIntervalMs: 25_000,
  pongTimeoutMs: 8_000,
  /** Bytes that may wait for one slow connection before it is closed, to come back. */
  queueBytes: 1024 * 1024,
  /** Microphone audio and pictures that waited longer than this for a slow connection are dropped. */
  staleMediaMs: 200,
  /** How long a ticket may be used, once. */
  ticketMs: 60_000,
  audioFramesPerSecond: 60,
  picturesPerSecond: 30,
  controlPerSecond: 20,
  controlBurst: 40,
  participantsPerRoom: 200,
  /** On SIGTERM clients are asked to move within this time, spread evenly. */
  drainMoveMs: 5_000,
  /** On SIGTERM the process has ended by then. */
  drainMs: 30_000,
  leaseMs: 2_000,
  leaseRenewMs: 500,
  /** The Live connection of a room without people is closed after this. */
  emptyRoomMs: 30_000,
  /** A connection whose gateway has not reported it for this long is gone. */
  presenceMs: 10_000,
  presenceBeatMs: 3_000,
  /** Who knocks and does not ask again for this long has gone away. */
  knockMs: 10_000,
  knockRetryMs: 1_500,
  /** Wrong passcodes of one person in one room within a minute. */
  passcodeTries: 5,
  invitesPerRoom: 50,
  /** People who have been in a room, and may come back. */
  membersPerRoom: 5_000,
  /** A reconnecting client that missed more events than this is told to reload. */
  recoverEvents: 1_000,
  /** Events in one page of history. */
  historyPage: 100,
  /** Deadline of a request between services. */
  rpcMs: 5_000,
} as const;

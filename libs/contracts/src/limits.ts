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
  /**
   * The next four depart from the design's ping every 25 s and cut after 8 s: whoever vanishes is to be seen as away within 10 s, and a
   * client is to find within 10 s that its gateway has stopped, while nobody is cut off sooner than by the design.
   */
  pingIntervalMs: 3_000,
  /** A client that hears nothing for the interval and this long tries another connection. */
  pongTimeoutMs: 5_000,
  /** A person of whose connection nothing is heard for this long is away, until something is. */
  unheardMs: 7_000,
  /** A connection of which nothing is heard for this long is cut. */
  cutMs: 33_000,
  /** Bytes that may wait for one slow connection before it is closed, to come back. */
  queueBytes: 1024 * 1024,
  /** Microphone audio and pictures that waited longer than this for a slow connection are dropped. */
  staleMediaMs: 200,
  /** How long a ticket may be used, once. */
  ticketMs: 60_000,
  audioFramesPerSecond: 60,
  /** Frames of audio that may come at once: three seconds that the network or a browser has held up. */
  audioBurst: 180,
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
  /**
   * A connection whose gateway has not reported it for this long is gone. With a sweep that was lost, or with a signal that was lost and
   * the next pulse, everybody in the room knows within 10 s of the last report.
   */
  presenceMs: 6_000,
  presenceBeatMs: 2_000,
  presenceSweepMs: 500,
  /** After an outage of the presence store nobody is taken for gone for this long: a report and its time. */
  presenceGraceMs: 3_000,
  /** How often a gateway compares what it has relayed in a room with the truth. */
  pulseMs: 3_000,
  /** Who knocks and does not ask again for this long has gone away. */
  knockMs: 10_000,
  knockRetryMs: 1_500,
  /** Wrong passcodes of one person in one room within a minute. */
  passcodeTries: 5,
  /** The first wrong ones from one network in one room within a minute, which do not count among those of the room. */
  passcodeTriesPerNetwork: 3,
  /** Wrong passcodes of everybody in one room within a minute, besides the first ones from each network. */
  passcodeTriesPerRoom: 60,
  invitesPerRoom: 50,
  /** People who have been in a room, and may come back. */
  membersPerRoom: 5_000,
  /** A reconnecting client that missed more events than this is told to reload. */
  recoverEvents: 1_000,
  /** Events in one page of history. */
  historyPage: 100,
  /** Downloads of conversations that one gateway writes at once for one person. */
  exportsPerPerson: 2,
  /** The same for everybody together. Each has two pages of 512 KiB in memory, and what is made of them. */
  exportsPerGateway: 20,
  /** Deadline of a request between services. */
  rpcMs: 5_000,
} as const;

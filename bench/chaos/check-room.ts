/** An event as a witness has it. */
export interface Entry {
  readonly seq: number;
  readonly key: string;
}

/** What one client of a room was promised and told. */
export interface Witness {
  readonly name: string;
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly seen: ReadonlyMap<number, string>;
}

export interface Findings {
  readonly acknowledged: number;
  readonly lost: string[];
  readonly doubled: string[];
  /** Two sources that say different things about a sequence, or a gap in one. */
  readonly disorder: string[];
}

/**
 * Compares what clients were promised and told with what is kept. `kept`: the conversation as it is read; `sources`: the same, or parts of
 * it, from elsewhere (the log itself, the archive).
 */
export function checkRoom(
  kept: readonly Entry[],
  witnesses: readonly Witness[],
  sources: ReadonlyMap<string, readonly Entry[]> = new Map(),
): Findings {
  const findings: Findings = {
    acknowledged: witnesses.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0),
    lost: [],
    doubled: [],
    disorder: [],
  };
  const keyOf = new Map<number, string>();
  const seqOf = new Map<string, number>();
  for (const [index, { seq, key }] of kept.entries()) {
    if (seq !== index + 1) findings.disorder.push(`the conversation has ${seq} at place ${index + 1}`);
    const before = seqOf.get(key);
    if (before !== undefined) findings.doubled.push(`${key} is ${before} and ${seq}`);
    keyOf.set(seq, key);
    seqOf.set(key, seq);
  }
  for (const { name, acknowledged, seen } of witnesses) {
    for (const [key, seq] of acknowledged) {
      if (!seqOf.has(key)) findings.lost.push(`${key} of ${name}, acknowledged as ${seq}`);
      else if (keyOf.get(seq) !== key)
        findings.disorder.push(`${key} of ${name} was acknowledged as ${seq} and is ${seqOf.get(key)}`);
    }
    for (const [seq, key] of seen)
      if (keyOf.get(seq) !== key)
        findings.disorder.push(
          `${name} was told ${key} as ${seq}, which is ${keyOf.get(seq) ?? 'not there'}`,
        );
  }
  for (const [name, entries] of sources)
    for (const { seq, key } of entries)
      if (keyOf.get(seq) !== key)
        findings.disorder.push(`${name} has ${key} as ${seq}, which is ${keyOf.get(seq) ?? 'not there'}`);
  return findings;
}

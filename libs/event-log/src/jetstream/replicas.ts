/**
 * The oldest nats-server whose clusters compare before they accept. Measured with two writers who race for 120 entries of a log: 2.9.10
 * put two behind the same one in every second log; 2.10.0, 2.10.29, 2.11.10 and 2.15.2 never did.
 */
const COMPARES = [2, 10, 0];

/**
 * Why a stream cannot have so many copies on this server, undefined when it can. With one copy any server of 2.9 or newer will do: one
 * process decides.
 */
export function whyNoReplicas(replicas: number, serverVersion: string): string | undefined {
  if (replicas <= 1 || !isOlder(serverVersion)) return undefined;
  return `with ${replicas} replicas nats-server ${serverVersion} lets two writers write the same entry: it takes ${COMPARES.join('.')} or newer, or 1 replica`;
}

function isOlder(version: string): boolean {
  const parts = version.split(/[.-]/, COMPARES.length).map(Number);
  for (const [index, least] of COMPARES.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

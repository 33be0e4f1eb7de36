import { httpServer } from '../transport/http.ts';
import type { HttpHandler } from '../transport/http.ts';
import { Listener } from '../transport/listener.ts';

/**
 * Serves the admin API on a port of its own.
 * @throws the system's error when it cannot listen there.
 */
export function startAdmin(
  address: { readonly host: string; readonly port: number },
  admin: HttpHandler,
  onFailure: (error: unknown) => void,
): Promise<Listener> {
  const nothingElse = () => undefined;
  return Listener.open(httpServer([admin], onFailure), address, nothingElse, onFailure);
}

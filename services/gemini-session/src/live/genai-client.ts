import { GoogleGenAI, Live } from '@google/genai';
import type { LiveConnectParameters, Session } from '@google/genai';
import type { LiveBackend } from '../gemini-session-config.ts';
import type { LiveSocketFactory } from './live-socket.ts';

/** Google's SDK, with Live sessions on sockets of our own: the SDK's cannot be reached, and so not ended, before a session is ready. */
export class GenAiClient extends GoogleGenAI {
  connect(params: LiveConnectParameters, sockets: LiveSocketFactory): Promise<Session> {
    return new Live(this.apiClient, this.apiClient.clientOptions.auth, sockets).connect(params);
  }
}

/** Everything is said explicitly, because the SDK fills what is left open from the environment. */
export function createGenAiClient(backend: LiveBackend): GenAiClient {
  const { apiVersion } = backend;
  switch (backend.kind) {
    case 'emulator':
      return new GenAiClient({
        vertexai: false,
        apiKey: 'emulator',
        apiVersion,
        httpOptions: { baseUrl: backend.baseUrl },
      });
    case 'developer':
      return new GenAiClient({ vertexai: false, apiKey: backend.apiKey, apiVersion });
    case 'vertex':
      return new GenAiClient({
        vertexai: true,
        project: backend.project,
        location: backend.location,
        apiVersion,
      });
  }
}

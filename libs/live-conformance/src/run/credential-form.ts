import type { CredentialForm } from './target.ts';

/** A credential as query and headers of a request. */
export function presented(
  credential: string,
  form: CredentialForm,
): { readonly query: string; readonly headers: Record<string, string> } {
  const none = { query: '', headers: {} };
  if (credential === '') return none;
  switch (form) {
    case 'key':
    case 'access_token':
      return { ...none, query: `?${form}=${encodeURIComponent(credential)}` };
    case 'x-goog-api-key':
      return { ...none, headers: { 'x-goog-api-key': credential } };
    case 'token':
      return { ...none, headers: { authorization: `Token ${credential}` } };
    case 'bearer':
    case 'project':
      return { ...none, headers: { authorization: `Bearer ${credential}` } };
  }
}

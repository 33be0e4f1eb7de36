/** What a page of a browser has and Node has not. */
interface Page {
  location: { readonly href: string };
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

const scope: object = globalThis;

/** The page that this code runs in, if it runs in one. */
export const page: Partial<Page> = scope;

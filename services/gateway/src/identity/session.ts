import { parseCookie, stringifySetCookie } from 'cookie';
import { User } from '@studio/contracts';
import { SignedToken } from './signed-token.ts';

const COOKIE = 'kss_session';
const LIFETIME_DAYS = 30;
const LIFETIME_SECONDS = LIFETIME_DAYS * 24 * 60 * 60;

/** Who is signed in, kept in a cookie that scripts cannot read and other sites cannot use. */
export class Sessions {
  private readonly tokens: SignedToken;

  constructor(secret: string) {
    this.tokens = new SignedToken(secret, 'session', LIFETIME_SECONDS * 1_000);
  }

  /** The `Set-Cookie` header that signs a person in. */
  async begin(user: User, secure: boolean): Promise<string> {
    const { token } = await this.tokens.sign({ sub: user.id, name: user.name });
    return setCookie(token, LIFETIME_SECONDS, secure);
  }

  /** The `Set-Cookie` header that signs out. */
  end(secure: boolean): string {
    return setCookie('', 0, secure);
  }

  /** The person whose session a `Cookie` header holds. */
  async user(cookieHeader: string | undefined): Promise<User | undefined> {
    const token = cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[COOKIE];
    if (token === undefined) return undefined;
    const verified = await this.tokens.verify(token);
    if (!('claims' in verified)) return undefined;
    return User.safeParse({ id: verified.claims.sub, name: verified.claims['name'] }).data;
  }
}

function setCookie(value: string, maxAge: number, secure: boolean): string {
  return stringifySetCookie({
    name: COOKIE,
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
  });
}

import { SignJWT, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';

const ALGORITHM = 'HS256';

/** What became of a token that somebody showed. */
export type Verified<T> = { claims: T } | { problem: 'expired' | 'invalid' };

/** Signs and verifies tokens of one purpose; a token of another purpose, signed with the same secret, is invalid. */
export class SignedToken {
  private readonly key: Uint8Array;

  constructor(
    secret: string,
    private readonly purpose: string,
    private readonly lifetimeMs: number,
  ) {
    this.key = new TextEncoder().encode(secret);
  }

  async sign(claims: JWTPayload): Promise<{ token: string; expiresAt: number }> {
    const expiresAt = Date.now() + this.lifetimeMs;
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM })
      .setAudience(this.purpose)
      .setIssuedAt()
      .setExpirationTime(new Date(expiresAt))
      .sign(this.key);
    return { token, expiresAt };
  }

  async verify(token: string): Promise<Verified<JWTPayload>> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        audience: this.purpose,
        requiredClaims: ['exp'],
      });
      return { claims: payload };
    } catch (error) {
      return { problem: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
    }
  }
}

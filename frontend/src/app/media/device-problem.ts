export type DeviceKind = 'microphone' | 'camera' | 'screen';

/** Why a device gives nothing, in words that say what can be done. */
export function deviceProblem(kind: DeviceKind, error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return `The browser does not let this page use the ${kind}. Allow it in the address bar, then try again.`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `No ${kind} was found. Connect one, then try again.`;
    case 'NotReadableError':
    case 'AbortError':
      return `The ${kind} does not start. Another program may be using it.`;
    default:
      return `The ${kind} cannot be used: ${error instanceof Error ? error.message : 'unknown reason'}`;
  }
}

/** The browser's devices. @throws DOMException where a page is not served securely */
export function mediaDevices(): MediaDevices {
  requireSecureContext();
  return navigator.mediaDevices;
}

/** @throws DOMException where a page is not served securely: browsers give those neither devices nor worklets */
export function requireSecureContext(): void {
  if (!window.isSecureContext)
    throw new DOMException('this page is not served over https.', 'InsecureContextError');
}

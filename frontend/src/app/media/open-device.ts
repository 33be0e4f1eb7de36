import { mediaDevices } from './device-problem.ts';

/**
 * Opens the device with this id, or the browser's own choice when the id is empty or the device is gone.
 * @throws DOMException as `getUserMedia` does
 */
export async function openDevice(
  kind: 'audio' | 'video',
  deviceId: string,
  constraints: MediaTrackConstraints,
): Promise<MediaStream> {
  const devices = mediaDevices();
  if (deviceId !== '') {
    try {
      return await devices.getUserMedia({ [kind]: { ...constraints, deviceId: { exact: deviceId } } });
    } catch (error) {
      if (!(error instanceof DOMException) || !GONE.has(error.name)) throw error;
    }
  }
  return devices.getUserMedia({ [kind]: constraints });
}

const GONE: ReadonlySet<string> = new Set(['OverconstrainedError', 'NotFoundError']);

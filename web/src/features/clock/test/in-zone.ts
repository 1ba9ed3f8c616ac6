import { lookAtTimeZone } from '../zone';

declare const process: { env: { TZ?: string } };

const here = process.env.TZ;

/** Takes the machine into another zone; without one, back to where it was. */
export function moveTo(zone: string | undefined = here): void {
  if (zone === undefined) {
    delete process.env.TZ;
  } else {
    process.env.TZ = zone;
  }
  lookAtTimeZone();
}

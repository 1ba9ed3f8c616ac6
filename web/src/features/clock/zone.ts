import { shallowRef } from 'vue';

const zone = shallowRef(zoneNow());

/** The time zone of this machine. What was made with it is made anew when it changes. */
export function timeZone(): string {
  return zone.value;
}

/** No browser tells that its machine has come into another zone. */
export function lookAtTimeZone(): void {
  zone.value = zoneNow();
}

function zoneNow(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

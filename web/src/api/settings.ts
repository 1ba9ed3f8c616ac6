import type {
  OwnSettings,
  PutSettings,
  RoomNotificationsWish,
  SettingsRevision,
} from './generated/protocol';
import { answerTo } from './http';

export function fetchSettings(token: string): Promise<OwnSettings> {
  return answerTo('settings', { token });
}

/** Takes other settings in place of those at a revision. */
export function putSettings(body: PutSettings, token: string): Promise<SettingsRevision> {
  return answerTo('settings', { method: 'PUT', body, token });
}

/** Says what one wants to hear of a room. */
export function putRoomNotifications(
  room: number,
  body: Partial<RoomNotificationsWish>,
  token: string,
): Promise<SettingsRevision> {
  return answerTo(`rooms/${room}/notifications`, { method: 'PUT', body, token });
}

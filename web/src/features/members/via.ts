import { t } from '@/locales/late';

/** By which protocol somebody is connected who does not use this client; servers may know more than this client does. */
export function viaText(via: string): string {
  switch (via) {
    case 'simple':
      return t('members.simple');
    case 'socketio':
      return t('members.socketio');
    default:
      return t('members.otherProtocol', via);
  }
}

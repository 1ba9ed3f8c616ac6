/** Whether Cmd does here what Ctrl does elsewhere: on a Mac, and with a keyboard at an iPhone or iPad. */
export function isMac({ platform }: Pick<Navigator, 'platform'> = navigator): boolean {
  return /^(?:Mac|iPhone|iPad)/.test(platform);
}

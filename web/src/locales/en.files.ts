/** The strings, in English, of files and pictures. */
export const enFiles = {
  files: {
    attach: 'Attach files',
    drop: 'Drop files here to attach them',
    tray: 'Attached files',
    remove: (name: string, size: string) => `Remove ${name}, ${size}`,
    again: 'Try again',
    progress: (name: string) => `${name} is on its way`,
    tooLarge: (name: string, limit: string) =>
      `${name} is larger than ${limit}, the most that is allowed.`,
    tooMany: (limit: number) =>
      `A message has at most ${limit} files. Send the others with another one.`,
    empty: (name: string) => `${name} is empty.`,
    view: (name: string) => `View ${name}`,
    download: (name: string) => `Download ${name}`,
    snippetMore: 'Show more',
    snippetLess: 'Show less',
    snippetRest: 'The rest is in the file.',
    pasted: 'What you pasted is long, and is attached as a file.',
    pastedName: 'pasted text.txt',
    pasteAsText: 'Put it in the text',
    zoom: 'Show in full size',
    whole: 'Show all of it',
    before: 'Picture before this one',
    after: 'Picture after this one',
    bytes: (count: number) => `${count} bytes`,
    noPicture: 'This picture could not be loaded',
    noPictureHint: 'It may have been deleted, or the server cannot be reached.',
    proxy: 'A proxy in front of the server refused this file: it is too large for it.',
  },
  avatars: {
    choose: 'Choose a picture',
    change: 'Choose another picture',
    remove: 'Remove picture',
    present: 'The picture that everybody sees',
    file: 'Picture',
    ownHint: 'JPEG, PNG, WebP or GIF, up to 8 MB. Everybody here sees it.',
    roomHint: 'JPEG, PNG, WebP or GIF, up to 8 MB. Whoever sees the room sees it.',
    serverHint:
      'The picture of this server. Everybody sees it, before signing in as well. JPEG, PNG, WebP or GIF, up to 8 MB.',
    takeAway: 'Remove the picture',
  },
};

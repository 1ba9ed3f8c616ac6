import type { enFiles } from './en.files';

/** Was bei Dateien und Bildern steht. */
export const deFiles: typeof enFiles = {
  files: {
    attach: 'Dateien anhängen',
    drop: 'Lass die Dateien hier los, um sie anzuhängen',
    tray: 'Angehängte Dateien',
    remove: (name, size) => `${name} entfernen, ${size}`,
    again: 'Noch einmal versuchen',
    progress: (name) => `${name} ist unterwegs`,
    tooLarge: (name, limit) => `${name} ist größer als ${limit}. Mehr ist nicht erlaubt.`,
    tooMany: (limit) =>
      `Eine Nachricht hat höchstens ${limit} Dateien. Schick die anderen mit der nächsten.`,
    empty: (name) => `${name} ist leer.`,
    view: (name) => `${name} ansehen`,
    download: (name) => `${name} herunterladen`,
    snippetMore: 'Mehr zeigen',
    snippetLess: 'Weniger zeigen',
    snippetRest: 'Der Rest steht in der Datei.',
    pasted: 'Was du eingefügt hast, ist lang und als Datei angehängt.',
    pastedName: 'eingefügter Text.txt',
    pasteAsText: 'In den Text setzen',
    zoom: 'In voller Größe zeigen',
    whole: 'Ganz zeigen',
    before: 'Bild davor',
    after: 'Bild danach',
    bytes: (count) => `${count} Bytes`,
    noPicture: 'Dieses Bild konnte nicht geladen werden',
    noPictureHint: 'Vielleicht wurde es gelöscht, oder der Server ist nicht zu erreichen.',
    inRoom: 'Dateien dieses Raums',
    moreFiles: 'Mehr Dateien zeigen',
    toMessage: (name) => `Zur Nachricht mit ${name}`,
    proxy: 'Ein Proxy vor dem Server hat diese Datei abgelehnt: Sie ist ihm zu groß.',
  },
  avatars: {
    choose: 'Bild auswählen',
    change: 'Anderes Bild auswählen',
    remove: 'Bild entfernen',
    present: 'Das Bild, das alle sehen',
    file: 'Bild',
    ownHint: 'JPEG, PNG, WebP oder GIF, bis 8 MB. Alle hier sehen es.',
    roomHint: 'JPEG, PNG, WebP oder GIF, bis 8 MB. Wer den Raum sieht, sieht es.',
    serverHint:
      'Das Bild dieses Servers, bei allen über den Räumen. JPEG, PNG, WebP oder GIF, bis 8 MB.',
    takeAway: 'Bild entfernen',
  },
};

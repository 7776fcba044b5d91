/** Bytes of a name that every file system takes, with room for what we put before it. */
const LONGEST = 180;

/** Names that Windows keeps for devices. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The name under which a file is kept: one name, whatever path or trick came with it. A file from a folder keeps the
 * folder's name before its own, so that two of one name stay two. Null where nothing of a name is left.
 */
export function safeName(given: string): string | null {
  const parts = given
    .normalize('NFC')
    .split(/[/\\]+/)
    .map((part) =>
      part
        .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
        .replaceAll(/[<>:"|?*]/g, '-')
        .replace(/^[.\s-]+/, '')
        .replace(/[.\s]+$/, ''),
    )
    .filter((part) => part !== '');
  const name = parts.join(' - ');
  if (name === '') return null;
  return shortened(devices.test(name) ? `file ${name}` : name);
}

/** Cut in the middle of its stem: what a file is stands at both ends. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name;
  const ending = /(\.[\w]{1,8}){1,2}$/.exec(name)?.[0] ?? '';
  const stem = [...name.slice(0, name.length - ending.length)];
  while (Buffer.byteLength(stem.join('') + ending) > LONGEST - 1) stem.splice(stem.length >> 1, 1);
  return `${stem.slice(0, stem.length >> 1).join('')}…${stem.slice(stem.length >> 1).join('')}${ending}`.replace(
    '…',
    '_',
  );
}

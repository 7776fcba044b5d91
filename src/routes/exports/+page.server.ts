import { bytes } from '$lib/exports/bytes.ts';
import { canRun } from '$lib/exports/command.ts';
import { loadOf } from '$lib/exports/loading.ts';
import { roomFor } from '$lib/exports/room.ts';
import { hasData, isElsewhere } from '$lib/exports/target.ts';
import { waitingFiles } from '$lib/exports/waiting.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { placesFor } from './places.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ depends, locals: { scope }, url }) =>
  orRefuse(async () => {
    depends('holdfast:exports');
    const places = placesFor(scope);
    return {
      waiting: waitingFiles(places).map(({ name, size }) => ({ name, size: bytes(size) })),
      room: bytes(roomFor(places.folder)),
      folder: places.folder,
      isFirst: !hasData(places),
      isDemo: isElsewhere(),
      isLoading: loadOf(places)?.state === 'running',
      canRun: canRun(),
      refused: url.searchParams.get('refused'),
    };
  });

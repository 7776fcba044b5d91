import { existsSync } from 'node:fs';
import { mustSeeEverything, type Scope } from '../access/scope.ts';
import { answerFrom, currentWarehouse, loadTarget, warehouseFile } from '../warehouse/current.ts';
import { openWarehouse } from '../warehouse/warehouse.ts';
import { settingsOfBuild } from './ofBuild.ts';
import { placesOf, type Places } from './places.ts';
import { changeSettings } from './settings.ts';

/** Where this server keeps and loads exports. Throws NotYours for a reader who does not see everything. */
export function targetPlaces(scope: Scope): Places {
  mustSeeEverything(scope);
  return placesOf(loadTarget());
}

/** Whether what is shown is another company than the one that exports are loaded into: the demo. */
export const isElsewhere = (): boolean => loadTarget() !== warehouseFile();

/** Whether anything was loaded before. */
export const hasData = (places: Places): boolean => existsSync(places.warehouse);

/** Answers from the warehouse that was just published. */
export const showLoaded = (places: Places): void => answerFrom(places.warehouse);

/**
 * Begins the settings of what is loaded in the browser with those of the build before, where there is one: loading
 * with others would count the past differently.
 */
export async function beginSettings(places: Places): Promise<void> {
  if (existsSync(places.settings) || !hasData(places)) return;
  const isShown = !isElsewhere();
  const warehouse = isShown ? await currentWarehouse() : await openWarehouse(places.warehouse);
  const { configuration } = warehouse.build;
  if (!isShown) warehouse.close();
  changeSettings(places.settings, (settings) => settingsOfBuild(settings, configuration));
}

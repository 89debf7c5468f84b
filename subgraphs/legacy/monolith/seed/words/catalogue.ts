import { clothing } from './clothing.ts';
import type { Department } from './department.ts';
import { electronics } from './electronics.ts';
import { games } from './games.ts';
import { home } from './home.ts';
import { list } from './list.ts';
import { office } from './office.ts';
import { outdoors } from './outdoors.ts';

/** All departments, in the order in which a shop shows them. */
export const DEPARTMENTS: readonly Department[] = [
  electronics,
  home,
  outdoors,
  clothing,
  office,
  games,
];

/** Names of models, for every category. */
export const MODELS = list(
  'Drift | Aurora | Pinnacle | Ember | Solstice | Meridian | Willow | Atlas | Nimbus | Tidal | ' +
    'Harvest | Echo | Juniper | Quartz | Saffron | Orbit | Lantern | Cinder | Voyager | Marlin | ' +
    'Sparrow | Granite | Hikari | Komorebi | Sakura | Azur | Élan | Fjord | Zenith | Prairie | ' +
    'Copper | Delta | Nova | Bramble | Cobalt | Monsoon | Tundra | Vega | Rialto | Onyx',
);

/** What follows the name of a model; an empty one more often than others. */
export const EDITIONS = list(' |  |  | Pro | Lite | Mini | Plus | SE | Classic | II | III | Mk 4');

/** How a description begins: `{type}` and `{use}` are filled in. */
export const OPENINGS = list(
  'Made for {use}: the {type} that we would buy ourselves. | Our best-selling {type}, thought through for {use}. | ' +
    'Dependable {type} for {use} and everything around it. | {type} for {use}, without anything that you do not need. | ' +
    'Ideal for {use}. This {type} does one thing, and does it well.',
);

/** How a description ends. */
export const CLOSINGS = list(
  'Two years of warranty. | Spare parts are available for ten years. | Packed without plastic. | ' +
    'Try it for thirty days. | Designed in small series. | Ships ready to use.',
);

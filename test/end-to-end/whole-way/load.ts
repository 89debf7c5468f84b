import { accountHolder } from './account-holder.ts';
import { startPart, type Actor, type Part, type Setting } from './actor.ts';
import { applicant } from './applicant.ts';
import { buyer } from './buyer.ts';
import type { Door } from './door.ts';
import type { Findings } from './findings.ts';
import { graphDoor } from './graph-door.ts';
import { keeper } from './keeper.ts';
import { restDoor } from './rest-door.ts';
import { bargain, hunter } from './rush.ts';
import type { Site } from './site.ts';
import { visitor } from './visitor.ts';

/** Everybody who uses the product during the walk. */
export interface Load {
  readonly parts: readonly Part[];
  /** Doors that nobody has used before. */
  readonly doors: () => readonly Door[];
  /** Lets everybody end what they have begun. */
  stop(): Promise<void>;
}

const ROLES: Readonly<Record<string, (setting: Setting) => Promise<Actor>>> = {
  buyer,
  holder: accountHolder,
  applicant,
  keeper,
  visitor,
};

/** Begins the load: each role through the graph and through REST, directly and through the gateway. */
export async function startLoad(site: Site, findings: Findings): Promise<Load> {
  const [gateway] = site.gateways as [string];
  const doors = () => [
    graphDoor(site.gateways),
    restDoor('rest', site.monolith),
    restDoor('passed', gateway),
  ];
  const setting = (name: string, door: Door): Setting => ({
    name,
    door,
    findings,
    demo: (who) => ({ email: `${who}@example.com`, password: 'demo-password' }),
  });
  const parts: Part[] = [];
  const { promise: begun, resolve: start } = Promise.withResolvers<void>();
  const ledger = await bargain(setting('bargain', doors()[0] as Door));
  const roles = {
    ...ROLES,
    hunter: async (own: Setting) => hunter(own, ledger),
  };
  for (const [role, begin] of Object.entries(roles)) {
    for (const door of doors()) {
      const name = `${role}-${door.name}`;
      const player = (own: string) => begin(setting(own, door));
      parts.push(await startPart(name, findings, player, begun));
    }
  }
  start();
  return {
    parts,
    doors,
    stop: async () => {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

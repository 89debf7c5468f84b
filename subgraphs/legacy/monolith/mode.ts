import type { MonolithApp } from './app.ts';
import type { MonolithConfig } from './config.ts';
import { ApiError } from './errors.ts';

/** Whom a route is for. `service` is for other processes of ours and for admins. */
export type Audience = 'everyone' | 'store' | 'admin' | 'service';
type ApiMode = MonolithConfig['API_MODE'];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whom the route is for; every route of an area declares it. */
    audience?: Audience;
  }
}

/** The audiences whose routes are open in each mode. */
const OPEN: Record<ApiMode, readonly Audience[]> = {
  full: ['everyone', 'store', 'admin', 'service'],
  store: ['everyone', 'store'],
  admin: ['everyone', 'admin'],
};

/**
 * Closes the routes that are not for the audience of this mode to REST clients: they answer 404 and name the
 * mode. Calls of the graph find every route open: whom a field is for is the graph's affair. Stands after
 * `identifyCallers`, which tells the two apart.
 *
 * @throws when a route is added that declares no audience
 */
export function gateByMode(app: MonolithApp, mode: ApiMode): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    if (config?.audience !== undefined) return;
    throw new Error(`${String(method)} ${url} declares no audience: add config: { audience }`);
  });
  app.addHook('onRequest', async (request) => {
    const { audience } = request.routeOptions.config;
    if (audience === undefined || request.isGraphCall || OPEN[mode].includes(audience)) return;
    throw new ApiError(
      404,
      'NOT_FOUND',
      `${request.method} ${request.routeOptions.url} is not open in API_MODE=${mode}.`,
    );
  });
}

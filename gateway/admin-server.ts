import {
  createHttpServer,
  listen,
  type HttpServerOptions,
  type RunningServer,
} from '#platform/http-server.ts';
import type { GatewayConfig } from './config.ts';

/**
 * Serves `/metrics` and all of `/health/ready` on a port of their own: they name addresses and subgraphs, which are
 * nobody's business who comes through a balancer to the port of clients.
 *
 * @returns null where there is no such port
 */
export async function openAdminServer(
  { HOST, adminPort, isPublic }: Pick<GatewayConfig, 'HOST' | 'adminPort' | 'isPublic'>,
  inside: HttpServerOptions,
): Promise<RunningServer | null> {
  if (adminPort !== null) {
    return listen(createHttpServer(inside), { HOST, PORT: adminPort }, async () => {});
  }
  if (isPublic) {
    inside.log.info(
      'ADMIN_PORT is not set, and HOST lets others in: /metrics and the details of /health/ready are served nowhere',
    );
  }
  return null;
}

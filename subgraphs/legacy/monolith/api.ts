import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { authRoutes } from './auth/routes.ts';
import type { MonolithApp, MonolithDeps } from './app.ts';
import { identifyCallers } from './caller.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { answerErrors } from './errors.ts';
import { gateByMode } from './mode.ts';
import { orderRoutes } from './orders/routes.ts';
import { writeWhatIsOwned } from './owner.ts';
import { resumeRoutes } from './resumes/routes.ts';
import { errorSchema } from './schemas.ts';
import { stockRoutes } from './stock/routes.ts';

const DESCRIPTION = `The REST interface of the monolith. Money is decimal dollars, times are those of Tokyo, \
every error has the form of the schema Error. Which routes are open depends on API_MODE.`;

/** Adds everything that the monolith serves to an HTTP server, except what every server of ours has. */
export async function addApi(server: FastifyInstance, deps: MonolithDeps): Promise<MonolithApp> {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  answerErrors(app);
  app.addSchema(errorSchema);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Monolith', version: '1.0.0', description: DESCRIPTION },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
      security: [{}, { bearer: [] }],
    },
    // Components are called what their schemas are called.
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, index) =>
        typeof schema.$id === 'string' ? schema.$id : `def-${index}`,
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(async (api: MonolithApp) => {
    // Set where the schemas are added: a scope with schemas of its own does not ask the scope around it.
    api.setValidatorCompiler(TypeBoxValidatorCompiler);
    identifyCallers(api, deps.config);
    gateByMode(api, deps.config.API_MODE);
    writeWhatIsOwned(api, deps);
    for (const addRoutes of [authRoutes, catalogueRoutes, stockRoutes, orderRoutes, resumeRoutes]) {
      await addRoutes(api, deps);
    }
  });
  return app;
}

# One image for every process: the command says which (see docker-compose.yml).
# Node 24 runs TypeScript as it is, so there is no build step.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are the embedded PostgreSQL, and install scripts fetch a Node: both are for `npm start` only.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY platform ./platform
COPY schema ./schema
COPY subgraphs ./subgraphs
COPY gateway ./gateway
# #region monolith
COPY migration ./migration
# #endregion monolith
# A volume that is mounted on one of these for the first time takes its owner over.
RUN mkdir -p /data/resume-review-uploads && chown -R 1000:1000 /data
# #region monolith
RUN mkdir -p /data/monolith-uploads && chown -R 1000:1000 /data/monolith-uploads
# #endregion monolith
# The user `node`, as a number: Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 8000
CMD ["node", "gateway/main.ts"]

# One image for the API, the worker and the migration; docker-compose.yml sets the command of each.
FROM node:24-bookworm-slim AS build
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
COPY clients/typescript/package.json clients/typescript/
COPY clients/react/package.json clients/react/
RUN npm ci --no-audit --no-fund
COPY . .
RUN node --import tsx scripts/build-web.ts && node --import tsx scripts/compile.ts compiled

FROM node:24-bookworm-slim
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
COPY clients/typescript/package.json clients/typescript/
COPY clients/react/package.json clients/react/
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force
COPY --from=build /lotkeeper/compiled .
USER node
ENV NODE_ENV=production HOST=0.0.0.0
EXPOSE 3000
# A young generation of 4 MB per semi-space instead of 16: the objects of a request live briefly (docs/performance.md).
CMD ["node", "--max-semi-space-size=4", "api/main.js"]

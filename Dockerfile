# One image for the API, the worker, and the migration; docker-compose.yml says which of them runs.
FROM node:20-bookworm-slim AS build
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node --import tsx scripts/build-web.ts && node --import tsx scripts/compile.ts compiled

FROM node:20-bookworm-slim
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force
COPY --from=build /lotkeeper/compiled .
USER node
ENV NODE_ENV=production HOST=0.0.0.0
EXPOSE 3000
# Garbage of three times 4 MB before it is collected, not 16: what is answered needs it for a moment only.
CMD ["node", "--max-semi-space-size=4", "api/main.js"]

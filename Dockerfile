# One image for the API, the worker, and the migration; docker-compose.yml says which of them runs.
FROM node:20-bookworm-slim AS page
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-audit --no-fund
COPY web web
COPY scripts/build-web.ts scripts/build-web.ts
RUN node --import tsx scripts/build-web.ts

FROM node:20-bookworm-slim
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev --no-audit --no-fund && npm cache clean --force
COPY . .
COPY --from=page /lotkeeper/web/dist web/dist
USER node
ENV NODE_ENV=production HOST=0.0.0.0
EXPOSE 3000
CMD ["node", "--import", "tsx", "api/main.ts"]

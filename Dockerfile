# One image for the API, the worker, and the migration; docker-compose.yml says which of them runs.
FROM node:20-bookworm-slim
WORKDIR /lotkeeper
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev
COPY . .
USER node
ENV NODE_ENV=production HOST=0.0.0.0
CMD ["node", "--import", "tsx", "api/main.ts"]

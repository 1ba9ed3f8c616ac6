# The image of Chinwag: one binary on Debian's C library, no shell, not root, its data in /data. docs/deployment.md tells how to run it.

FROM node:22-bookworm-slim AS web
WORKDIR /chinwag/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM rust:1.95-slim-bookworm AS server
WORKDIR /chinwag
COPY . .
COPY --from=web /chinwag/web/dist web/dist
# The folders stay with the machine that builds, so that the next build compiles only what changed.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/chinwag/target \
    cargo build --release --locked --bin chinwag && \
    install -D target/release/chinwag /image/chinwag && \
    install -d -m 700 /image/data /image/files

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=server /image/chinwag /usr/local/bin/chinwag
# A new volume takes the owner of these folders. There is no VOLUME: some platforms refuse it, and compose.yaml has one.
COPY --from=server --chown=65532:65532 /image/data /data
COPY --from=server --chown=65532:65532 /image/files /files
ENV CHINWAG_DATA=/data
WORKDIR /data
USER 65532:65532
EXPOSE 3000
# By the binary itself, as there is nothing else in here.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/usr/local/bin/chinwag", "health"]
ENTRYPOINT ["/usr/local/bin/chinwag"]
CMD ["serve"]

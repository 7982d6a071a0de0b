# dbctl and its drivers, installed from the Debian packages that the first stage builds out of this tree.
#
#   docker build -t dbctl .                    to run migrations and seeders that are there already
#   docker build -t dbctl-dev --target dev .   with compiler and headers, to build them
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" dbctl -u sqlite:app.db status
#
# SUITE: bookworm or trixie. Passwords come in when a container runs, by -e or a mounted .env; none is in the image.
ARG SUITE=bookworm

FROM debian:${SUITE} AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /src
# First alone, so that the libraries are installed again only when their list has changed.
COPY ci/packages.sh ci/
RUN ci/packages.sh install package
COPY . .
RUN ci/package.sh --unchecked

FROM debian:${SUITE}-slim AS runtime
# ca-certificates: for servers whose certificate a public authority has signed. Versions are the suite's.
# hadolint ignore=DL3008
RUN --mount=type=bind,from=build,source=/src/build/package/packages,target=/packages \
    apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates /packages/dbctl_*.deb /packages/dbctl-driver-*.deb && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --create-home --uid 1000 dbctl && \
    install -d -o dbctl -g dbctl /work
WORKDIR /work
ENTRYPOINT ["dbctl"]
CMD ["--help"]

FROM runtime AS dev
# hadolint ignore=DL3008
RUN --mount=type=bind,from=build,source=/src/build/package/packages,target=/packages \
    apt-get update && \
    apt-get install -y --no-install-recommends cmake g++ ninja-build /packages/libdbctl-dev_*.deb && \
    rm -rf /var/lib/apt/lists/*
USER dbctl
ENTRYPOINT []
CMD ["bash"]

# Last, so that it is what `docker build` makes.
FROM runtime
USER dbctl

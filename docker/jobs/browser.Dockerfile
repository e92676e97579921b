# extract-job with Chromium beside it: docker build --tag jangbu/extract-job-browser -f docker/jobs/browser.Dockerfile .
#
# `JANGBU_ABLY_CRAWL=1 make images` builds it after extract-job, whose bytes it holds. A tag of its own, because a browser is
# larger than all the rest together and most servers read no pages. On Debian, since Ubuntu, which Temurin's own image is
# made of, has Chromium as a snap only, and a snap does not run in a container.
ARG EXTRACT_IMAGE=jangbu/extract-job:latest
ARG BROWSER_IMAGE=debian:bookworm-slim

FROM ${EXTRACT_IMAGE} AS job

FROM ${BROWSER_IMAGE}
# From one repository at one time: the driver refuses a browser of another version.
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ca-certificates chromium chromium-driver \
 && apt-get clean && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 jangbu \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin jangbu \
 && install -d -o jangbu -g jangbu -m 0750 /workspace
COPY --from=job /opt/java/openjdk /opt/java/openjdk
COPY --from=job /app /app
# The root is read-only, and the user has no home: what a browser writes goes to /tmp, which is gone with the container.
ENV JANGBU_WORKSPACE=/workspace \
    JAVA_HOME=/opt/java/openjdk \
    LANG=C.UTF-8 \
    HOME=/tmp \
    XDG_CONFIG_HOME=/tmp/config \
    XDG_CACHE_HOME=/tmp/cache
WORKDIR /workspace
USER 10001:10001
ENTRYPOINT ["/opt/java/openjdk/bin/java", "@/app/command"]
CMD ["--help"]
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="jangbu extract-job-browser" \
      org.opencontainers.image.description="One job of Jangbu, the ledger of an online shop's events, with a browser" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"

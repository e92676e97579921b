# spark-job: docker build --tag jangbu/spark-job -f docker/jobs/spark.Dockerfile .
#
# `JANGBU_SPARK=1 make images` builds it from the jar `make spark-jar` made. A file of its own, because it runs on Java 17,
# the only one its Hadoop knows, which Debian has; and a switch, because it is larger than all the rest together.
ARG SPARK_BASE_IMAGE=debian:bookworm-slim

FROM ${SPARK_BASE_IMAGE}
# The JRE where the other images have theirs, whatever the machine's kind is called.
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends openjdk-17-jre-headless unzip \
 && apt-get clean && rm -rf /var/lib/apt/lists/* \
 && install -d /opt/java \
 && ln -s "$(dirname "$(dirname "$(readlink -f /usr/bin/java)")")" /opt/java/openjdk \
 && groupadd --gid 10001 jangbu \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin jangbu \
 && install -d -o jangbu -g jangbu -m 0750 /workspace
# Owned by root: the job may read its program, not change it.
COPY spark-job/target/spark-job.jar /app/spark-job/spark-job.jar
COPY docker/jobs/spark-entrypoint.sh /app/entrypoint
COPY docker/jobs/spark.sh /build/
RUN sh /build/spark.sh && rm -r /build
# What does not fit into memory goes to the workspace, for /tmp is memory as well.
ENV JANGBU_WORKSPACE=/workspace \
    SPARK_LOCAL_DIRS=/workspace/spark/scratch \
    JAVA_HOME=/opt/java/openjdk \
    LANG=C.UTF-8
WORKDIR /workspace
USER 10001:10001
ENTRYPOINT ["/app/entrypoint"]
CMD ["--help"]
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="jangbu spark-job" \
      org.opencontainers.image.description="A part of Jangbu, the ledger of an online shop's events, on Spark" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"

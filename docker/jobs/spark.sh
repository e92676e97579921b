#!/bin/sh
# Prepares spark-job in its image. Runs while the image is built, as root.
#
#   /app/native/     the native halves of the codecs: nothing in a job's /tmp may be run, where they would unpack themselves
#   /app/options     Java's options, an argument file for the image's entry point
set -eu
case $(uname -m) in
    x86_64) snappy=x86_64 zstd=amd64 ;;
    aarch64) snappy=aarch64 zstd=aarch64 ;;
    *)
        echo "$(uname -m): no codecs known for it (expected: x86_64 or aarch64)" >&2
        exit 1
        ;;
esac
jar=/app/spark-job/spark-job.jar
install -d /app/native
unzip -q -j "$jar" "org/xerial/snappy/native/Linux/$snappy/libsnappyjava.so" "linux/$zstd/libzstd-jni-*.so" -d /app/native
mv /app/native/libzstd-jni-*.so /app/native/libzstd-jni.so
chmod 0555 /app/native/*

# What Spark asks of the JDK's insides, as the jar's manifest says it, whose lines are folded: only `java -jar` reads it there.
opens=$(unzip -p "$jar" META-INF/MANIFEST.MF | tr -d '\r' | sed -e ':fold' -e 'N' -e '$!b fold' -e 's/\n //g' | sed -n 's/^Add-Opens: //p')
[ -n "$opens" ]

# Sixty percent of the container's memory is heap: the rest is Spark's buffers outside of it, code and threads.
{
    echo "-XX:+UseParallelGC -XX:MaxRAMPercentage=60 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError"
    for package in $opens; do
        echo "--add-opens=$package=ALL-UNNAMED"
    done
    echo "-Dorg.xerial.snappy.lib.path=/app/native -Dorg.xerial.snappy.lib.name=libsnappyjava.so"
    echo "-DZstdNativePath=/app/native/libzstd-jni.so"
} >/app/options

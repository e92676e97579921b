#!/bin/sh
# Prepares spark-job in its image. Runs while the image is built, as root.
#
#   /app/native/     the native halves of the codecs: nothing in a job's /tmp may be run, where they would unpack themselves
#   /app/command     the argument file of the image's entry point
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

# Sixty percent of the container's memory is heap: the rest is Spark's buffers outside of it, code and threads. What does not
# fit goes to the workspace, for /tmp is memory as well.
{
    echo "-XX:+UseParallelGC -XX:MaxRAMPercentage=60 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError"
    echo "-Dspark.local.dir=/workspace/spark/scratch"
    echo "-Dorg.xerial.snappy.lib.path=/app/native -Dorg.xerial.snappy.lib.name=libsnappyjava.so"
    echo "-DZstdNativePath=/app/native/libzstd-jni.so"
    echo "-jar $jar"
} >/app/command
